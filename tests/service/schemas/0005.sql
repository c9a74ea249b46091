BEGIN TRANSACTION;
CREATE TABLE accounts (
	id VARCHAR(32) NOT NULL, 
	number VARCHAR(32) NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	password_hash VARCHAR(200) NOT NULL, 
	roles VARCHAR(200) NOT NULL, 
	qualified BOOLEAN NOT NULL, 
	CONSTRAINT pk_accounts PRIMARY KEY (id), 
	CONSTRAINT uq_accounts_number UNIQUE (number)
);
INSERT INTO "accounts" VALUES('2e8a98b9d0cc47388512e4c1f16070f6','900001','赵演示','$argon2id$v=19$m=65536,t=3,p=4$oWmKlhq8CwuqhErrGCuBcQ$Jt7CscTe0ujB9hafmD/ZRg3uWBvaOp2EPKo/cpu2qIk','call-taker',0);
INSERT INTO "accounts" VALUES('08f73aa398334ba491940c960069fe8f','900010','钱演示','$argon2id$v=19$m=65536,t=3,p=4$zZZAWP4AE/D9B3Oz+i5DxA$6XiEaWqKckbqhOj6FpygIyZQdgc1vb3jIaRs6wOZFvo','call-taker ruling-officer',1);
INSERT INTO "accounts" VALUES('61781546980c46c5b626b9d355a5dc34','900011','孙演示','$argon2id$v=19$m=65536,t=3,p=4$s5hbaQcMah8KG+mXhWjYjA$zJDO6UZ+HXmMCGlFdUHTMKCf6ELysa3pm8q1ZNFPqWQ','call-taker ruling-officer',1);
INSERT INTO "accounts" VALUES('72117b90c58e4013b25f29e7652ba6f4','900020','李演示','$argon2id$v=19$m=65536,t=3,p=4$tt8CAlwD3phG/ZAsDjeDhw$9Qbiw5R5j+sJUBp2trothKd95RGJ7Q6iP755pSQhPkg','supervisor',0);
INSERT INTO "accounts" VALUES('635dca8033e440d5a1a49657a0b41726','900030','周演示','$argon2id$v=19$m=65536,t=3,p=4$kZBGcPmPqbCvrx+rAiZIig$Yob0tFpfH8Tqky+xbP8mBuUrMi//9b9YztPatcEHHAY','trainer',0);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
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
INSERT INTO "answers" VALUES('08f73aa398334ba491940c960069fe8f','8f3d7b7228b2484a94340eecd0a12e2b','b7a21e8f4220dad90788cc11d1db62b38a92258d25b2204ee1aa9592c51ea0a8','2026-11-26 19:39:55.061627','');
INSERT INTO "answers" VALUES('link:155431d2d6ca4d448c87c9fb9a8a5d65','a932e8379a3548ea8165c9024fa785d6','9f6e1367c8d48690300468c334fca4f0cc31a203f411717ece8de4786a8cc883','2026-11-26 19:39:55.721082','{"call_id":"8368850ebe9541f497a29a5a9ac346bd","resume_token":"68a5b8c9accd4ea4a4e4d5befda36064"}');
INSERT INTO "answers" VALUES('08f73aa398334ba491940c960069fe8f','35fb8db077a140d9a95d92fe766b8ed5','379b84f109fc9802a7ed5ac8f4e10415866f9c703e3ab1825fa373f4ade73a42','2026-11-26 19:39:55.933860','{"call_id":"8368850ebe9541f497a29a5a9ac346bd","incident_id":"a844be85b12c41269901097c63c38f29"}');
INSERT INTO "answers" VALUES('08f73aa398334ba491940c960069fe8f','c3c5db69e7084509a91b55021dc257ca','cebdc0a3d73ee85d29df90010953f18fd8de496ee411598f25fc7ca658dd4f2a','2026-11-26 19:39:55.948596','');
INSERT INTO "answers" VALUES('link:155431d2d6ca4d448c87c9fb9a8a5d65','6d0a71744af54bc2962c239a29ea508b','ae13bc93a46667882f1b1aa64a5b430de75a0252b9f6bf0ca432c026cc636297','2026-11-26 19:39:55.960060','');
INSERT INTO "answers" VALUES('08f73aa398334ba491940c960069fe8f','08b26b601ff9415aa5eadb90b0b0a5a4','88202bba404d960590d789921de7f43cc9e8405b7b1ea6f882ca247d15255eb3','2026-11-26 19:39:56.011921','');
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
INSERT INTO "calls" VALUES('8368850ebe9541f497a29a5a9ac346bd','a844be85b12c41269901097c63c38f29','cbed064b77364ef399105219e81534d0','wrap-up',0,'2026-11-26 19:39:55.721082','2026-11-26 19:39:56.011921','07','68a5b8c9accd4ea4a4e4d5befda36064','{"id":"8368850ebe9541f497a29a5a9ac346bd","incident_id":"a844be85b12c41269901097c63c38f29","party_id":"cbed064b77364ef399105219e81534d0","source":"sms-link","placed_at":"2026-11-26T19:39:55.721082Z","state":"wrap-up","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":"07","answered_by":"08f73aa398334ba491940c960069fe8f","answered_name":"钱演示","answered_at":"2026-11-26T19:39:55.933860Z","ended_at":null,"lost_since":null,"lost_s":0.0}');
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
INSERT INTO "incidents" VALUES('a844be85b12c41269901097c63c38f29','训练 T-2026-1127-0001','collecting',8,'2026-11-26 19:39:56.011921','{"id":"a844be85b12c41269901097c63c38f29","number":"训练 T-2026-1127-0001","training":true,"opened_at":"2026-11-26T19:39:55.721082Z","state":"collecting","form":"rear-end","occurred_at":null,"fix":null,"pin":null,"whereabouts":[],"road_text":"","landmark_text":"","notes":"写于 0005","parties":[{"id":"cbed064b77364ef399105219e81534d0","label":"甲","caller":true,"details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:39:55.960060Z"}],"evacuated_at":null}],"facts":{},"hurt_known_at":null,"settled_at":null,"officer_requested_by":[],"evidence":[],"documents":[],"verifications":[],"face_checks":[],"dispatch":null,"evacuation":null,"ruling":null,"determination":null,"messages":[],"version":8}');
CREATE TABLE journal (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	call_id VARCHAR(32), 
	event TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2026-11-26 19:39:55.721082','party','a844be85b12c41269901097c63c38f29',NULL,'{"incident_id":"a844be85b12c41269901097c63c38f29","number":"训练 T-2026-1127-0001","training":true,"type":"incident-opened"}');
INSERT INTO "journal" VALUES(2,'2026-11-26 19:39:55.721082','party','a844be85b12c41269901097c63c38f29',NULL,'{"party":{"id":"cbed064b77364ef399105219e81534d0","label":"甲","caller":true,"details":{"name":"","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[],"evacuated_at":null},"type":"party-joined"}');
INSERT INTO "journal" VALUES(3,'2026-11-26 19:39:55.721082','party','a844be85b12c41269901097c63c38f29',NULL,'{"party_id":"cbed064b77364ef399105219e81534d0","details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"type":"party-details-stated"}');
INSERT INTO "journal" VALUES(4,'2026-11-26 19:39:55.721082','party','a844be85b12c41269901097c63c38f29','8368850ebe9541f497a29a5a9ac346bd','{"call":{"id":"8368850ebe9541f497a29a5a9ac346bd","incident_id":"a844be85b12c41269901097c63c38f29","party_id":"cbed064b77364ef399105219e81534d0","source":"sms-link","placed_at":"2026-11-26T19:39:55.721082Z","state":"waiting","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":null,"answered_by":null,"answered_name":"","answered_at":null,"ended_at":null,"lost_since":null,"lost_s":0.0},"type":"call-placed"}');
INSERT INTO "journal" VALUES(5,'2026-11-26 19:39:55.933860','08f73aa398334ba491940c960069fe8f','a844be85b12c41269901097c63c38f29','8368850ebe9541f497a29a5a9ac346bd','{"seat":"07","user_id":"08f73aa398334ba491940c960069fe8f","user_name":"钱演示","type":"call-answered"}');
INSERT INTO "journal" VALUES(6,'2026-11-26 19:39:55.948596','08f73aa398334ba491940c960069fe8f','a844be85b12c41269901097c63c38f29',NULL,'{"text":"写于 0005","type":"notes-written"}');
INSERT INTO "journal" VALUES(7,'2026-11-26 19:39:55.960060','party','a844be85b12c41269901097c63c38f29',NULL,'{"party_id":"cbed064b77364ef399105219e81534d0","consent":{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:39:55.960060Z"},"type":"consent-recorded"}');
INSERT INTO "journal" VALUES(8,'2026-11-26 19:39:56.011921','08f73aa398334ba491940c960069fe8f','a844be85b12c41269901097c63c38f29','8368850ebe9541f497a29a5a9ac346bd','{"by":"desk","type":"call-hung-up"}');
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
INSERT INTO "links" VALUES('155431d2d6ca4d448c87c9fb9a8a5d65','4a8623d64e73414fe9bff2e12797e6dec1aa2f15bfc76ee59889a28cbf2612ec','10012345678','sms-link','a844be85b12c41269901097c63c38f29','cbed064b77364ef399105219e81534d0','2026-11-26 21:39:55.545497','e4e9fd738e8b29cd4cf127d0bd68044240d948cf2a1db75fb4e883ad27610978','2026-11-26 19:39:55.709156');
CREATE TABLE numbers (
	series VARCHAR(32) NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_numbers PRIMARY KEY (series)
);
INSERT INTO "numbers" VALUES('训练 T-2026-1127',1);
CREATE TABLE outbox (
	message_id VARCHAR(32) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	party_id VARCHAR(32) NOT NULL, 
	phone VARCHAR(20) NOT NULL, 
	text TEXT NOT NULL, 
	serves BOOLEAN NOT NULL, 
	attempts INTEGER NOT NULL, 
	due_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT pk_outbox PRIMARY KEY (message_id), 
	CONSTRAINT fk_outbox_incident_id FOREIGN KEY(incident_id) REFERENCES incidents (id)
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
CREATE TABLE seats (
	seat VARCHAR(16) NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	idle_since DATETIME NOT NULL, 
	CONSTRAINT pk_seats PRIMARY KEY (seat), 
	CONSTRAINT fk_seats_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "seats" VALUES('07','08f73aa398334ba491940c960069fe8f','ready','','2026-11-26 19:39:55.061627');
CREATE TABLE sessions (
	token_hash VARCHAR(64) NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	seat VARCHAR(16) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sessions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "sessions" VALUES('c76df5a810a3fee4e7070a9a4c6df4ea7a307c211b068b6b64e244d2709bd530','08f73aa398334ba491940c960069fe8f','07','2026-11-27 07:39:54.976430');
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
CREATE INDEX ix_outbox_due ON outbox (sent_at, due_at);
CREATE INDEX ix_calls_queue ON calls (state, hurt_reported, placed_at);
CREATE INDEX ix_calls_seat ON calls (seat, state);
CREATE INDEX ix_readings_open ON readings (done_at, asked_at);
CREATE INDEX ix_silent_views_incident ON silent_views (incident_id, number);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',8);
COMMIT;
