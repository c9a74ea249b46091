BEGIN TRANSACTION;
CREATE TABLE "accounts" (
	id VARCHAR(32) NOT NULL, 
	number VARCHAR(32) NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	password_hash VARCHAR(200) NOT NULL, 
	roles VARCHAR(200) NOT NULL, 
	qualified BOOLEAN NOT NULL, 
	disabled BOOLEAN DEFAULT 0 NOT NULL, 
	must_change BOOLEAN DEFAULT 0 NOT NULL, 
	password_set_at DATETIME NOT NULL, 
	failures INTEGER DEFAULT '0' NOT NULL, 
	locked_until DATETIME, 
	totp_secret VARCHAR(200), 
	totp_step BIGINT, 
	certificate VARCHAR(64), 
	CONSTRAINT pk_accounts PRIMARY KEY (id), 
	CONSTRAINT uq_accounts_number UNIQUE (number)
);
INSERT INTO "accounts" VALUES('0ad7b0f6c1d74b669b31e431e6b849c1','900001','赵演示','$argon2id$v=19$m=1024,t=1,p=1$VnIntZ4dRZTOP738KXQ76Q$0/FieVOSwIYqUCkp/KnLxoa8n4XfJ0sZlbZQiMNBblo','call-taker',0,0,0,'2026-11-27 01:06:59.171455',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('212da173d98f416d95d026557a354da5','900010','钱演示','$argon2id$v=19$m=1024,t=1,p=1$k02MbYgrTYl11wfoqDm7lA$vH+QgfoDDzV28t/50j1VCaPx4hZ3slivZ3xIQAxVpk8','call-taker ruling-officer',1,0,0,'2026-11-27 01:06:59.171455',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('e11d35353862446bb624817c0f14b9bc','900011','孙演示','$argon2id$v=19$m=1024,t=1,p=1$pOt7NMwVZ13UWE5O4NOGyQ$WZ8+gNtISRuY2TLqMTksJWbLauH9A01J3n+ixYWLnyM','call-taker ruling-officer',1,0,0,'2026-11-27 01:06:59.171455',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('d79cc6530729427c851cc64e11295bf3','900020','李演示','$argon2id$v=19$m=1024,t=1,p=1$+o5gm6kg8LDDY5QqAoTW6g$cMTYmgvm+WvwQhj425xtAHKC+NlHepwWZQm4l+YgMpc','supervisor',0,0,0,'2026-11-27 01:06:59.171455',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('63750678df1f4628975ef27f7e5fc2ae','900030','周演示','$argon2id$v=19$m=1024,t=1,p=1$+ZvNhGAvUU6Ocb+duKzaNw$w+iYgsJ5DAdFPY4kfW0LAT53FT8Zcc5wacKzGzIPUDU','trainer',0,0,0,'2026-11-27 01:06:59.171455',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('9f4431442f164382b039933a1076b541','900040','吴演示','$argon2id$v=19$m=1024,t=1,p=1$sLAA3wmviUOQFApE1MgUoA$Ddj7WyHsZmM6SpCqHT8OmpCOB+0tIknNBFB+6rLPrrU','auditor',0,0,0,'2026-11-27 01:06:59.171455',0,NULL,NULL,NULL,NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0011');
CREATE TABLE announcements (
	id VARCHAR(32) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_announcements PRIMARY KEY (id), 
	CONSTRAINT fk_announcements_incident_id FOREIGN KEY(incident_id) REFERENCES incidents (id)
);
CREATE TABLE answers (
	caller VARCHAR(64) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_answers PRIMARY KEY (caller, "key")
);
INSERT INTO "answers" VALUES('link:10ba9659f2854d968b0222ac70dfc31b','693821ce643c45d5a091be0b6d3f3e63','9f6e1367c8d48690300468c334fca4f0cc31a203f411717ece8de4786a8cc883','2026-11-27 01:07:00.232716','{"call_id":"aee8539ba4094e93a1aea5cdebe9413f","resume_token":"1ac48d5c96ac4415947534f69cc32595"}');
INSERT INTO "answers" VALUES('212da173d98f416d95d026557a354da5','41fc6f8c7220418eb85be59bb79f10dc','06c9424d881b77208e1db8e3e12737ace65469048854eac5d66f17783b4c0567','2026-11-27 01:07:00.524342','{"call_id":"aee8539ba4094e93a1aea5cdebe9413f","incident_id":"bd5ab54aecd046039d96af78a9229880"}');
INSERT INTO "answers" VALUES('212da173d98f416d95d026557a354da5','564a4243d3f94cb697c2ad7f5beba14f','fea89cab13e6c4c0c68d1769608fbcb03d4d1313c49b6a3c500538dae07b7efb','2026-11-27 01:07:00.542854','');
INSERT INTO "answers" VALUES('link:10ba9659f2854d968b0222ac70dfc31b','c19dd3d3b3724fa9be9014ef8b2a0343','ae13bc93a46667882f1b1aa64a5b430de75a0252b9f6bf0ca432c026cc636297','2026-11-27 01:07:00.556590','');
INSERT INTO "answers" VALUES('212da173d98f416d95d026557a354da5','2667eb2f50744b7c988f47256267753c','c4b042a3f9d966d40524f8767a36f9a33df2baf15b441601b59898de9af42a98','2026-11-27 01:07:00.579086','');
CREATE TABLE attendance (
	"key" VARCHAR(32) NOT NULL, 
	process_id VARCHAR(32) NOT NULL, 
	here BOOLEAN NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_attendance PRIMARY KEY ("key", process_id), 
	CONSTRAINT fk_attendance_process_id FOREIGN KEY(process_id) REFERENCES processes (id)
);
CREATE TABLE audit (
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor VARCHAR(32) NOT NULL, 
	role VARCHAR(200) NOT NULL, 
	session VARCHAR(32) NOT NULL, 
	seat VARCHAR(32) NOT NULL, 
	address VARCHAR(64) NOT NULL, 
	process VARCHAR(32) NOT NULL, 
	action VARCHAR(200) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	record VARCHAR(200) NOT NULL, 
	reason VARCHAR(32) NOT NULL, 
	outcome VARCHAR(64) NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (number)
);
INSERT INTO "audit" VALUES(1,'2026-11-27 01:07:00.080744','212da173d98f416d95d026557a354da5','call-taker ruling-officer','d5569fdc9e864063a58dc1435d07c048','07','127.0.0.1','6810e83cb6184b6f8b41bc5d0a0cf8aa','sessions-sign-in','','','','ok','','e1240f404f8c226d111e491046f8639d868da108ecc5842914dd25b9d6f9ebb2');
INSERT INTO "audit" VALUES(2,'2026-11-27 01:07:00.110478','212da173d98f416d95d026557a354da5','call-taker ruling-officer','d5569fdc9e864063a58dc1435d07c048','07','127.0.0.1','6810e83cb6184b6f8b41bc5d0a0cf8aa','links-create-link','','','','ok','e1240f404f8c226d111e491046f8639d868da108ecc5842914dd25b9d6f9ebb2','dc39124e20759b140fd734512fbe4c6f4dfcf2a0f38829269d20f642609e5146');
INSERT INTO "audit" VALUES(3,'2026-11-27 01:07:00.181783','7063c99995c1499f8b04c95208872f3c','party','10ba9659f2854d968b0222ac70dfc31b','','127.0.0.1','6810e83cb6184b6f8b41bc5d0a0cf8aa','party-open-session','','','','ok','dc39124e20759b140fd734512fbe4c6f4dfcf2a0f38829269d20f642609e5146','b3084dc57f65501ff8090d499f29f14eeb4451b351a8dfcd44a9db950be5565a');
INSERT INTO "audit" VALUES(4,'2026-11-27 01:07:00.232716','7063c99995c1499f8b04c95208872f3c','party','10ba9659f2854d968b0222ac70dfc31b','','127.0.0.1','6810e83cb6184b6f8b41bc5d0a0cf8aa','party-place-call','bd5ab54aecd046039d96af78a9229880','','','ok','b3084dc57f65501ff8090d499f29f14eeb4451b351a8dfcd44a9db950be5565a','e9eab3b8bda3d9e6037726f8bb7ba92fda3bb520672944cf5a7159f4e85940b5');
INSERT INTO "audit" VALUES(5,'2026-11-27 01:07:00.524342','212da173d98f416d95d026557a354da5','call-taker ruling-officer','d5569fdc9e864063a58dc1435d07c048','07','127.0.0.1','6810e83cb6184b6f8b41bc5d0a0cf8aa','calls-answer','bd5ab54aecd046039d96af78a9229880','call_id=aee8539ba4094e93a1aea5cdebe9413f','','ok','e9eab3b8bda3d9e6037726f8bb7ba92fda3bb520672944cf5a7159f4e85940b5','ad1130da356f161c28e14752d5631562273d03ac5fd21698b9b0bb3e69ef0719');
INSERT INTO "audit" VALUES(6,'2026-11-27 01:07:00.542854','212da173d98f416d95d026557a354da5','call-taker ruling-officer','d5569fdc9e864063a58dc1435d07c048','07','127.0.0.1','6810e83cb6184b6f8b41bc5d0a0cf8aa','incidents-write-notes','bd5ab54aecd046039d96af78a9229880','','','ok','ad1130da356f161c28e14752d5631562273d03ac5fd21698b9b0bb3e69ef0719','65a357d5f8902529e4929aaa2da961842eda1c260aa55aa99c1937f24213f924');
INSERT INTO "audit" VALUES(7,'2026-11-27 01:07:00.556590','7063c99995c1499f8b04c95208872f3c','party','10ba9659f2854d968b0222ac70dfc31b','','127.0.0.1','6810e83cb6184b6f8b41bc5d0a0cf8aa','party-give-consent','bd5ab54aecd046039d96af78a9229880','','','ok','65a357d5f8902529e4929aaa2da961842eda1c260aa55aa99c1937f24213f924','7bac6d684c705eeee0367ec762b569ac4f88ab679e0641098bbdb02406a4db4d');
INSERT INTO "audit" VALUES(8,'2026-11-27 01:07:00.579086','212da173d98f416d95d026557a354da5','call-taker ruling-officer','d5569fdc9e864063a58dc1435d07c048','07','127.0.0.1','6810e83cb6184b6f8b41bc5d0a0cf8aa','calls-hang-up','bd5ab54aecd046039d96af78a9229880','call_id=aee8539ba4094e93a1aea5cdebe9413f','','ok','7bac6d684c705eeee0367ec762b569ac4f88ab679e0641098bbdb02406a4db4d','c8c4ddd362cb4312b9d196208dc7a2d11b9a7f362c3c41560af845052425f5e0');
CREATE TABLE audit_anchors (
	place VARCHAR(8) NOT NULL, 
	number BIGINT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit_anchors PRIMARY KEY (place)
);
INSERT INTO "audit_anchors" VALUES('end',8,'c8c4ddd362cb4312b9d196208dc7a2d11b9a7f362c3c41560af845052425f5e0');
CREATE TABLE calls (
	id VARCHAR(32) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	party_id VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	hurt_reported BOOLEAN NOT NULL, 
	placed_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	seat VARCHAR(16), 
	resume_token VARCHAR(64) NOT NULL, 
	body TEXT NOT NULL, lost_at DATETIME, 
	CONSTRAINT pk_calls PRIMARY KEY (id), 
	CONSTRAINT fk_calls_incident_id FOREIGN KEY(incident_id) REFERENCES incidents (id)
);
INSERT INTO "calls" VALUES('aee8539ba4094e93a1aea5cdebe9413f','bd5ab54aecd046039d96af78a9229880','7063c99995c1499f8b04c95208872f3c','wrap-up',0,'2026-11-27 01:07:00.232716','2026-11-27 01:07:00.579086','07','1ac48d5c96ac4415947534f69cc32595','{"id":"aee8539ba4094e93a1aea5cdebe9413f","incident_id":"bd5ab54aecd046039d96af78a9229880","party_id":"7063c99995c1499f8b04c95208872f3c","source":"sms-link","placed_at":"2026-11-27T01:07:00.232716Z","state":"wrap-up","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":"07","answered_by":"212da173d98f416d95d026557a354da5","answered_name":"钱演示","answered_at":"2026-11-27T01:07:00.524342Z","ended_at":null,"lost_since":null,"lost_s":0.0,"lost_at":null}',NULL);
CREATE TABLE deliveries (
	id VARCHAR(32) NOT NULL, 
	channel VARCHAR(16) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	party_id VARCHAR(32), 
	what VARCHAR(64) NOT NULL, 
	body TEXT NOT NULL, 
	serves BOOLEAN NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	queued_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	tried BOOLEAN NOT NULL, 
	claimed_by VARCHAR(32), 
	claimed_until DATETIME, 
	trouble VARCHAR(32) NOT NULL, 
	reference VARCHAR(200) NOT NULL, 
	finished_at DATETIME, 
	CONSTRAINT pk_deliveries PRIMARY KEY (id), 
	CONSTRAINT fk_deliveries_incident_id FOREIGN KEY(incident_id) REFERENCES incidents (id)
);
CREATE TABLE incidents (
	id VARCHAR(32) NOT NULL, 
	number VARCHAR(64) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	version BIGINT NOT NULL, 
	changed_at DATETIME NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_incidents PRIMARY KEY (id), 
	CONSTRAINT uq_incidents_number UNIQUE (number)
);
INSERT INTO "incidents" VALUES('bd5ab54aecd046039d96af78a9229880','训练 T-2026-1127-0001','collecting',9,'2026-11-27 01:07:00.579086','{"id":"bd5ab54aecd046039d96af78a9229880","number":"训练 T-2026-1127-0001","training":true,"opened_at":"2026-11-27T01:07:00.232716Z","state":"collecting","form":"rear-end","occurred_at":null,"fix":null,"pin":null,"whereabouts":[],"road_text":"","landmark_text":"","notes":"写于 0011","parties":[{"id":"7063c99995c1499f8b04c95208872f3c","label":"甲","caller":true,"details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-27T01:07:00.556590Z","recorded_s":null}],"evacuated_at":null}],"facts":{},"local":{"rule":"training_town","name":"样例市（训练）","version":"2026-01-01","unmet":[],"open":["area","expressway","insurance","movable"]},"hurt_known_at":null,"settled_at":null,"officer_requested_by":[],"evidence":[],"discarded":[],"documents":[],"verifications":[],"face_checks":[],"returned":null,"posts":{"hand_overs":[],"returns":[],"recusals":[],"general":null},"dispatch":null,"evacuation":null,"ruling":null,"determination":null,"messages":[],"deliveries":[],"recording":null,"recordings":[],"signing":null,"signatures":[],"version":9}');
CREATE TABLE journal (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	call_id VARCHAR(32), 
	event TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2026-11-27 01:07:00.232716','party','bd5ab54aecd046039d96af78a9229880',NULL,'{"incident_id":"bd5ab54aecd046039d96af78a9229880","number":"训练 T-2026-1127-0001","training":true,"type":"incident-opened"}');
INSERT INTO "journal" VALUES(2,'2026-11-27 01:07:00.232716','service','bd5ab54aecd046039d96af78a9229880',NULL,'{"finding":{"rule":"training_town","name":"样例市（训练）","version":"2026-01-01","unmet":[],"open":["area","expressway","insurance","movable"]},"type":"local-rule-applied"}');
INSERT INTO "journal" VALUES(3,'2026-11-27 01:07:00.232716','party','bd5ab54aecd046039d96af78a9229880',NULL,'{"party":{"id":"7063c99995c1499f8b04c95208872f3c","label":"甲","caller":true,"details":{"name":"","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[],"evacuated_at":null},"type":"party-joined"}');
INSERT INTO "journal" VALUES(4,'2026-11-27 01:07:00.232716','party','bd5ab54aecd046039d96af78a9229880',NULL,'{"party_id":"7063c99995c1499f8b04c95208872f3c","details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"type":"party-details-stated"}');
INSERT INTO "journal" VALUES(5,'2026-11-27 01:07:00.232716','party','bd5ab54aecd046039d96af78a9229880','aee8539ba4094e93a1aea5cdebe9413f','{"call":{"id":"aee8539ba4094e93a1aea5cdebe9413f","incident_id":"bd5ab54aecd046039d96af78a9229880","party_id":"7063c99995c1499f8b04c95208872f3c","source":"sms-link","placed_at":"2026-11-27T01:07:00.232716Z","state":"waiting","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":null,"answered_by":null,"answered_name":"","answered_at":null,"ended_at":null,"lost_since":null,"lost_s":0.0,"lost_at":null},"type":"call-placed"}');
INSERT INTO "journal" VALUES(6,'2026-11-27 01:07:00.524342','212da173d98f416d95d026557a354da5','bd5ab54aecd046039d96af78a9229880','aee8539ba4094e93a1aea5cdebe9413f','{"seat":"07","user_id":"212da173d98f416d95d026557a354da5","user_name":"钱演示","type":"call-answered"}');
INSERT INTO "journal" VALUES(7,'2026-11-27 01:07:00.542854','212da173d98f416d95d026557a354da5','bd5ab54aecd046039d96af78a9229880',NULL,'{"text":"写于 0011","type":"notes-written"}');
INSERT INTO "journal" VALUES(8,'2026-11-27 01:07:00.556590','party','bd5ab54aecd046039d96af78a9229880',NULL,'{"party_id":"7063c99995c1499f8b04c95208872f3c","consent":{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-27T01:07:00.556590Z","recorded_s":null},"type":"consent-recorded"}');
INSERT INTO "journal" VALUES(9,'2026-11-27 01:07:00.579086','212da173d98f416d95d026557a354da5','bd5ab54aecd046039d96af78a9229880','aee8539ba4094e93a1aea5cdebe9413f','{"by":"desk","type":"call-hung-up"}');
CREATE TABLE links (
	id VARCHAR(32) NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	phone VARCHAR(20) NOT NULL, 
	source VARCHAR(16) NOT NULL, 
	incident_id VARCHAR(32), 
	party_id VARCHAR(32) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	cookie_hash VARCHAR(64), 
	bound_at DATETIME, 
	CONSTRAINT pk_links PRIMARY KEY (id), 
	CONSTRAINT uq_links_cookie_hash UNIQUE (cookie_hash), 
	CONSTRAINT uq_links_token_hash UNIQUE (token_hash)
);
INSERT INTO "links" VALUES('10ba9659f2854d968b0222ac70dfc31b','da7d075aea21a481f53bd48f4cff6ee0803832f3133611dbabe46be7e079ed79','10012345678','sms-link','bd5ab54aecd046039d96af78a9229880','7063c99995c1499f8b04c95208872f3c','2026-11-27 03:07:00.110478','ebe0aa1d5ff099abb06a278a3555e466528c6ef2ec788c9f7bcfa3b8301608c8','2026-11-27 01:07:00.178175');
CREATE TABLE numbers (
	series VARCHAR(32) NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_numbers PRIMARY KEY (series)
);
INSERT INTO "numbers" VALUES('训练 T-2026-1127',1);
CREATE TABLE one_time_codes (
	id VARCHAR(32) NOT NULL, 
	link_id VARCHAR(32) NOT NULL, 
	phone VARCHAR(20) NOT NULL, 
	act VARCHAR(16) NOT NULL, 
	subject VARCHAR(64) NOT NULL, 
	code_hash VARCHAR(64) NOT NULL, 
	sent_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	tries INTEGER NOT NULL, 
	used_at DATETIME, 
	training_text TEXT, 
	CONSTRAINT pk_one_time_codes PRIMARY KEY (id), 
	CONSTRAINT fk_one_time_codes_link_id FOREIGN KEY(link_id) REFERENCES links (id) ON DELETE CASCADE
);
CREATE TABLE passwords (
	account_id VARCHAR(32) NOT NULL, 
	set_at DATETIME NOT NULL, 
	password_hash VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_passwords PRIMARY KEY (account_id, set_at), 
	CONSTRAINT fk_passwords_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
CREATE TABLE processes (
	id VARCHAR(32) NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_processes PRIMARY KEY (id)
);
CREATE TABLE readings (
	evidence_id VARCHAR(32) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	done_at DATETIME, 
	CONSTRAINT pk_readings PRIMARY KEY (evidence_id), 
	CONSTRAINT fk_readings_incident_id FOREIGN KEY(incident_id) REFERENCES incidents (id)
);
CREATE TABLE retention_proofs (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	record VARCHAR(32) NOT NULL, 
	days INTEGER NOT NULL, 
	rows TEXT NOT NULL, 
	digests TEXT NOT NULL, 
	files TEXT NOT NULL, 
	files_removed INTEGER NOT NULL, 
	bytes_removed BIGINT NOT NULL, 
	done_at DATETIME
);
CREATE TABLE seats (
	seat VARCHAR(16) NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	idle_since DATETIME NOT NULL, 
	CONSTRAINT pk_seats PRIMARY KEY (seat), 
	CONSTRAINT fk_seats_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "seats" VALUES('07','212da173d98f416d95d026557a354da5','break','','2026-11-27 01:07:00.050832');
CREATE TABLE sessions (
	id VARCHAR(32) NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	seat VARCHAR(16) NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	token_until DATETIME NOT NULL, 
	refresh_hash VARCHAR(64) NOT NULL, 
	refresh_before VARCHAR(64), 
	refreshed_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (id), 
	CONSTRAINT fk_sessions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT uq_sessions_token_hash UNIQUE (token_hash), 
	CONSTRAINT uq_sessions_refresh_hash UNIQUE (refresh_hash)
);
INSERT INTO "sessions" VALUES('d5569fdc9e864063a58dc1435d07c048','212da173d98f416d95d026557a354da5','07','da6a38dbad5856a76d81731442c54ed13fc098139062bbd0353421e8fcffa65e','2026-11-27 01:22:00.050832','928c8918b0bc8411c1967f916e73dc3936f0cbc0f26e30565daca0b3f57388d8',NULL,'2026-11-27 01:07:00.050832','2026-11-27 13:07:00.050832');
CREATE TABLE signals (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	call_id VARCHAR(32) NOT NULL, 
	sender VARCHAR(8) NOT NULL, 
	at DATETIME NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT fk_signals_call_id FOREIGN KEY(call_id) REFERENCES calls (id)
);
CREATE TABLE silent_alerts (
	incident_id VARCHAR(32) NOT NULL, 
	party_id VARCHAR(32) NOT NULL, 
	code VARCHAR(16) NOT NULL, 
	raised_at DATETIME NOT NULL, 
	withdrawn_at DATETIME, 
	CONSTRAINT pk_silent_alerts PRIMARY KEY (incident_id, party_id, code), 
	CONSTRAINT fk_silent_alerts_incident_id FOREIGN KEY(incident_id) REFERENCES incidents (id)
);
CREATE TABLE silent_views (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	incident_id VARCHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	seat VARCHAR(16) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	codes VARCHAR(200) NOT NULL, 
	CONSTRAINT fk_silent_views_incident_id FOREIGN KEY(incident_id) REFERENCES incidents (id), 
	CONSTRAINT fk_silent_views_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
CREATE INDEX ix_incidents_changed ON incidents (changed_at);
CREATE INDEX ix_journal_incident ON journal (incident_id, sequence);
CREATE INDEX ix_calls_incident ON calls (incident_id);
CREATE INDEX ix_calls_party ON calls (party_id);
CREATE INDEX ix_signals_call ON signals (call_id, number);
CREATE INDEX ix_calls_queue ON calls (state, hurt_reported, placed_at);
CREATE INDEX ix_calls_seat ON calls (seat, state);
CREATE INDEX ix_readings_open ON readings (done_at, asked_at);
CREATE INDEX ix_silent_views_incident ON silent_views (incident_id, number);
CREATE INDEX ix_sessions_seat ON sessions (seat);
CREATE INDEX ix_sessions_refresh_before ON sessions (refresh_before);
CREATE INDEX ix_deliveries_due ON deliveries (state, channel, due_at);
CREATE INDEX ix_deliveries_listed ON deliveries (state, queued_at, id);
CREATE INDEX ix_audit_incident ON audit (incident_id, number);
CREATE INDEX ix_audit_at ON audit (at);
CREATE INDEX ix_one_time_codes_link ON one_time_codes (link_id, sent_at);
CREATE INDEX ix_one_time_codes_phone ON one_time_codes (phone, sent_at);
CREATE INDEX ix_calls_lost ON calls (lost_at, id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',9);
COMMIT;
