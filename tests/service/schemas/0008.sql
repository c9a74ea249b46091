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
INSERT INTO "accounts" VALUES('9f78d114bb0541d184bc7c7c9691bb52','900001','赵演示','$argon2id$v=19$m=65536,t=3,p=4$aNOYlq6B+NFgPhbVp0ojLg$SRBeHQ65qnws5B8rlF+PB1XwS7ZzEGN4y/O9kJ0iJnA','call-taker',0,0,0,'2026-11-26 19:58:12.289571',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('22db5fd1ecf24bb392b1b053013d043a','900010','钱演示','$argon2id$v=19$m=65536,t=3,p=4$H7lO+8dLEzrrMbCMwjYQEA$KpqgEtoajiCnlsC14453w6To0bV+hrmDp1YyDUSozrY','call-taker ruling-officer',1,0,0,'2026-11-26 19:58:12.289571',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('8a31c50b75b249c087c3012f9bbd1171','900011','孙演示','$argon2id$v=19$m=65536,t=3,p=4$ALJ4IjAIveyNjH8g46iRDw$6naoiJIQkh0+8cHd7Gcjzb+a2TvdgwkCXV7VqK73mwQ','call-taker ruling-officer',1,0,0,'2026-11-26 19:58:12.289571',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('74fed5aa01ce46a9bb11c1cb7ad6d93d','900020','李演示','$argon2id$v=19$m=65536,t=3,p=4$yCANPTHTL5wjRTUZhOjQBA$OwbB649fv5q5Svxj/L5141z66NwTlCCEiQD60CY81n8','supervisor',0,0,0,'2026-11-26 19:58:12.289571',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('bafca2665bb34626939053cf205883dc','900030','周演示','$argon2id$v=19$m=65536,t=3,p=4$2nwEa3ENTgsrCNKX4gGVWQ$XevXfQeP/TB9lGBL3WC+CzVNmJOUjZFzQiaktv9dbqk','trainer',0,0,0,'2026-11-26 19:58:12.289571',0,NULL,NULL,NULL,NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0008');
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
INSERT INTO "answers" VALUES('link:5ad4f5e9d82d4bf8a4926355d42adb58','2fa5c4c49efb4c379f1f078ce6eef9a6','9f6e1367c8d48690300468c334fca4f0cc31a203f411717ece8de4786a8cc883','2026-11-26 19:58:25.441681','{"call_id":"cb926b6262a945e4a61830e32955d003","resume_token":"29f301cd951f4fba89c675b9da73a4ff"}');
INSERT INTO "answers" VALUES('22db5fd1ecf24bb392b1b053013d043a','b2f27eb444a244c3946800aff55c1ebb','4f84ce76f82411111f3d6ff056359d89b12ac43ad01f08d8380a77d09d3365da','2026-11-26 19:58:26.633046','{"call_id":"cb926b6262a945e4a61830e32955d003","incident_id":"4278f15bb21f4b96851db3937b5a4bd2"}');
INSERT INTO "answers" VALUES('link:5ad4f5e9d82d4bf8a4926355d42adb58','355b2423be514f678eb5f3ef6428daac','ae13bc93a46667882f1b1aa64a5b430de75a0252b9f6bf0ca432c026cc636297','2026-11-26 19:58:26.861128','');
INSERT INTO "answers" VALUES('22db5fd1ecf24bb392b1b053013d043a','226e8e58384a43d29bdcb9f14c716e1c','254b0e2c30d0577b0ad991616625a1901600600ab03db538905e28f013d78e66','2026-11-26 19:58:26.878797','');
INSERT INTO "answers" VALUES('22db5fd1ecf24bb392b1b053013d043a','f2b6f478a7ca44cf9161021f9cb8c715','3143834e3dbcf4ab408e89ba7bf607f6a3acfe3a9b0a93e78d52180e7c073fb9','2026-11-26 19:58:26.948509','');
INSERT INTO "answers" VALUES('22db5fd1ecf24bb392b1b053013d043a','ade118a3c2274de78780c731bd9f432f','62345334934a32689ca0c767402c5d930b78413dd4873b997f7f2bf73da8bbf7','2026-11-26 19:58:26.953516','');
CREATE TABLE attendance (
	"key" VARCHAR(32) NOT NULL, 
	process_id VARCHAR(32) NOT NULL, 
	here BOOLEAN NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_attendance PRIMARY KEY ("key", process_id), 
	CONSTRAINT fk_attendance_process_id FOREIGN KEY(process_id) REFERENCES processes (id)
);
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
	body TEXT NOT NULL, 
	CONSTRAINT pk_calls PRIMARY KEY (id), 
	CONSTRAINT fk_calls_incident_id FOREIGN KEY(incident_id) REFERENCES incidents (id)
);
INSERT INTO "calls" VALUES('cb926b6262a945e4a61830e32955d003','4278f15bb21f4b96851db3937b5a4bd2','e7b0eb38e2f045e4816095cc42187730','wrap-up',0,'2026-11-26 19:58:25.441681','2026-11-26 19:58:26.953516','07','29f301cd951f4fba89c675b9da73a4ff','{"id":"cb926b6262a945e4a61830e32955d003","incident_id":"4278f15bb21f4b96851db3937b5a4bd2","party_id":"e7b0eb38e2f045e4816095cc42187730","source":"sms-link","placed_at":"2026-11-26T19:58:25.441681Z","state":"wrap-up","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":"07","answered_by":"22db5fd1ecf24bb392b1b053013d043a","answered_name":"钱演示","answered_at":"2026-11-26T19:58:26.633046Z","ended_at":null,"lost_since":null,"lost_s":0.0}');
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
INSERT INTO "incidents" VALUES('4278f15bb21f4b96851db3937b5a4bd2','训练 T-2026-1127-0001','collecting',9,'2026-11-26 19:58:26.953516','{"id":"4278f15bb21f4b96851db3937b5a4bd2","number":"训练 T-2026-1127-0001","training":true,"opened_at":"2026-11-26T19:58:25.441681Z","state":"collecting","form":"rear-end","occurred_at":null,"fix":null,"pin":null,"whereabouts":[],"road_text":"","landmark_text":"","notes":"写于 0008","parties":[{"id":"e7b0eb38e2f045e4816095cc42187730","label":"甲","caller":true,"details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:58:26.861128Z","recorded_s":null}],"evacuated_at":null}],"facts":{},"local":{"rule":"training_town","name":"样例市（训练）","version":"2026-01-01","unmet":[],"open":["area","expressway","insurance","movable"]},"hurt_known_at":null,"settled_at":null,"officer_requested_by":[],"evidence":[],"documents":[],"verifications":[],"face_checks":[],"returned":null,"posts":{"hand_overs":[],"returns":[],"recusals":[],"general":null},"dispatch":null,"evacuation":null,"ruling":null,"determination":null,"messages":[],"deliveries":[],"recording":null,"recordings":[],"signing":null,"signatures":[],"version":9}');
CREATE TABLE journal (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	call_id VARCHAR(32), 
	event TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2026-11-26 19:58:25.441681','party','4278f15bb21f4b96851db3937b5a4bd2',NULL,'{"incident_id":"4278f15bb21f4b96851db3937b5a4bd2","number":"训练 T-2026-1127-0001","training":true,"type":"incident-opened"}');
INSERT INTO "journal" VALUES(2,'2026-11-26 19:58:25.441681','service','4278f15bb21f4b96851db3937b5a4bd2',NULL,'{"finding":{"rule":"training_town","name":"样例市（训练）","version":"2026-01-01","unmet":[],"open":["area","expressway","insurance","movable"]},"type":"local-rule-applied"}');
INSERT INTO "journal" VALUES(3,'2026-11-26 19:58:25.441681','party','4278f15bb21f4b96851db3937b5a4bd2',NULL,'{"party":{"id":"e7b0eb38e2f045e4816095cc42187730","label":"甲","caller":true,"details":{"name":"","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[],"evacuated_at":null},"type":"party-joined"}');
INSERT INTO "journal" VALUES(4,'2026-11-26 19:58:25.441681','party','4278f15bb21f4b96851db3937b5a4bd2',NULL,'{"party_id":"e7b0eb38e2f045e4816095cc42187730","details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"type":"party-details-stated"}');
INSERT INTO "journal" VALUES(5,'2026-11-26 19:58:25.441681','party','4278f15bb21f4b96851db3937b5a4bd2','cb926b6262a945e4a61830e32955d003','{"call":{"id":"cb926b6262a945e4a61830e32955d003","incident_id":"4278f15bb21f4b96851db3937b5a4bd2","party_id":"e7b0eb38e2f045e4816095cc42187730","source":"sms-link","placed_at":"2026-11-26T19:58:25.441681Z","state":"waiting","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":null,"answered_by":null,"answered_name":"","answered_at":null,"ended_at":null,"lost_since":null,"lost_s":0.0},"type":"call-placed"}');
INSERT INTO "journal" VALUES(6,'2026-11-26 19:58:26.633046','22db5fd1ecf24bb392b1b053013d043a','4278f15bb21f4b96851db3937b5a4bd2','cb926b6262a945e4a61830e32955d003','{"seat":"07","user_id":"22db5fd1ecf24bb392b1b053013d043a","user_name":"钱演示","type":"call-answered"}');
INSERT INTO "journal" VALUES(7,'2026-11-26 19:58:26.861128','party','4278f15bb21f4b96851db3937b5a4bd2',NULL,'{"party_id":"e7b0eb38e2f045e4816095cc42187730","consent":{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:58:26.861128Z","recorded_s":null},"type":"consent-recorded"}');
INSERT INTO "journal" VALUES(8,'2026-11-26 19:58:26.878797','22db5fd1ecf24bb392b1b053013d043a','4278f15bb21f4b96851db3937b5a4bd2',NULL,'{"text":"写于 0008","type":"notes-written"}');
INSERT INTO "journal" VALUES(9,'2026-11-26 19:58:26.953516','22db5fd1ecf24bb392b1b053013d043a','4278f15bb21f4b96851db3937b5a4bd2','cb926b6262a945e4a61830e32955d003','{"by":"desk","type":"call-hung-up"}');
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
INSERT INTO "links" VALUES('5ad4f5e9d82d4bf8a4926355d42adb58','7758dbd331820b57dd8218fa791c4ef7ca42f940895009ce08b6b53b67622cd7','10012345678','sms-link','4278f15bb21f4b96851db3937b5a4bd2','e7b0eb38e2f045e4816095cc42187730','2026-11-26 21:58:25.271118','f8bba14e7fbb146c38c69050c2a30001e66e6715f5726cf9b38ce3359eb93057','2026-11-26 19:58:25.356889');
CREATE TABLE numbers (
	series VARCHAR(32) NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_numbers PRIMARY KEY (series)
);
INSERT INTO "numbers" VALUES('训练 T-2026-1127',1);
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
INSERT INTO "seats" VALUES('07','22db5fd1ecf24bb392b1b053013d043a','break','','2026-11-26 19:58:25.018540');
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
INSERT INTO "sessions" VALUES('0630b18d691e4dd49ca2bacce64f0d1e','22db5fd1ecf24bb392b1b053013d043a','07','b2660bf8a669628bad8d1baa33d6c2bfe38ce71d20139cb0769a2e78d40ca5d7','2026-11-26 20:13:25.018540','b4d658a7a66e620ad78d874630aa673d262b3ce5d9e3242103c68908d82d58d2',NULL,'2026-11-26 19:58:25.018540','2026-11-27 07:58:25.018540');
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',9);
COMMIT;
