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
INSERT INTO "accounts" VALUES('bdc941fba3d44c35b5cf37167e9ef1ce','900001','赵演示','$argon2id$v=19$m=65536,t=3,p=4$9Og4lJLXkklDasYl/OqfEQ$u9TU/CpQOpjXb9Agktl0/OTbbQvBK2vddL/WsgEyEbE','call-taker',0,0,0,'2026-11-26 19:54:19.747380',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('b356c82878a641c4a3348d85ea25da09','900010','钱演示','$argon2id$v=19$m=65536,t=3,p=4$p1hbtcJ0QKAbMa8FbKLVrg$D91/Sn1pN2Qt46BfsT/eniVmj2sLSKPHuJCxWpVzN/Y','call-taker ruling-officer',1,0,0,'2026-11-26 19:54:19.747380',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('81fc5645720c492ba21cbc17ef44b86c','900011','孙演示','$argon2id$v=19$m=65536,t=3,p=4$RS25o+TlrQBmUR5slGKQIQ$Cfz/QitHOP2jYd43VnqOOjneC1/cJn9BhmXG//t38+8','call-taker ruling-officer',1,0,0,'2026-11-26 19:54:19.747380',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('ca99a60e12df440e965d14f8d10b0515','900020','李演示','$argon2id$v=19$m=65536,t=3,p=4$ywOxEiosFZOm/EYHOKruuQ$M/ApDQR70rVLjo20Hw1wNXzOnUBaBhYfrHkK94SutK4','supervisor',0,0,0,'2026-11-26 19:54:19.747380',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('32a4a1a07a024f5c96d1a6041e086d6c','900030','周演示','$argon2id$v=19$m=65536,t=3,p=4$tK0Nji3MnfIMNfPbzLMb7g$7vXbI/yMcWGWUy5JwolXJvNXveg7ISvua4rPmpQiRNQ','trainer',0,0,0,'2026-11-26 19:54:19.747380',0,NULL,NULL,NULL,NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
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
INSERT INTO "answers" VALUES('link:3c6a80709d514f2090b2547513d4f885','eafdec290288466aaa8896625db5dbd9','9f6e1367c8d48690300468c334fca4f0cc31a203f411717ece8de4786a8cc883','2026-11-26 19:54:29.595498','{"call_id":"502bb27ac4694437aecb52070ce4de91","resume_token":"b2c59554f4c84a39a33887b2a6622947"}');
INSERT INTO "answers" VALUES('link:3c6a80709d514f2090b2547513d4f885','c0f98fef04f84438bec3ee0812f96141','b113666b779a0fec0c62a72b65591c2be334c38200f876323aa2297d771cc45c','2026-11-26 19:54:29.970732','');
INSERT INTO "answers" VALUES('b356c82878a641c4a3348d85ea25da09','8745bd848e6641babdb2423fb0b45573','24d978d5fd7e07ac96b3b35654bfb20fc8bc57f98b590e66a0287c8f72d81eae','2026-11-26 19:54:30.106307','{"call_id":"502bb27ac4694437aecb52070ce4de91","incident_id":"16c2be36d4774e0a8de237728b04469e"}');
INSERT INTO "answers" VALUES('b356c82878a641c4a3348d85ea25da09','b15ea18b24d64fe5a28b75d1594c3703','261cccb5caf26c997650c33eda3277aa9a2c756ebebdeba3f7cbebd45ea7abab','2026-11-26 19:54:30.521643','');
INSERT INTO "answers" VALUES('b356c82878a641c4a3348d85ea25da09','cec00c15e97b4f118dc5aebee27413dd','13d13b125f91f78ab0427e15889038129b6acf0fb38ccc9ffb375d07c911ff1c','2026-11-26 19:54:30.675760','');
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
INSERT INTO "calls" VALUES('502bb27ac4694437aecb52070ce4de91','16c2be36d4774e0a8de237728b04469e','d2fdff991e394612b9869a6d23cc011c','wrap-up',0,'2026-11-26 19:54:29.595498','2026-11-26 19:54:30.675760','07','b2c59554f4c84a39a33887b2a6622947','{"id":"502bb27ac4694437aecb52070ce4de91","incident_id":"16c2be36d4774e0a8de237728b04469e","party_id":"d2fdff991e394612b9869a6d23cc011c","source":"sms-link","placed_at":"2026-11-26T19:54:29.595498Z","state":"wrap-up","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":"07","answered_by":"b356c82878a641c4a3348d85ea25da09","answered_name":"钱演示","answered_at":"2026-11-26T19:54:30.106307Z","ended_at":null,"lost_since":null,"lost_s":0.0}');
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
INSERT INTO "incidents" VALUES('16c2be36d4774e0a8de237728b04469e','训练 T-2026-1127-0001','collecting',9,'2026-11-26 19:54:30.675760','{"id":"16c2be36d4774e0a8de237728b04469e","number":"训练 T-2026-1127-0001","training":true,"opened_at":"2026-11-26T19:54:29.595498Z","state":"collecting","form":"rear-end","occurred_at":null,"fix":null,"pin":null,"whereabouts":[],"road_text":"","landmark_text":"","notes":"写于 0007","parties":[{"id":"d2fdff991e394612b9869a6d23cc011c","label":"甲","caller":true,"details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[{"item":"e-service","given":true,"wording":"2026-11","way":"page","at":"2026-11-26T19:54:29.970732Z","recorded_s":null}],"evacuated_at":null}],"facts":{},"local":{"rule":"training_town","name":"样例市（训练）","version":"2026-01-01","unmet":[],"open":["area","expressway","insurance","movable"]},"hurt_known_at":null,"settled_at":null,"officer_requested_by":[],"evidence":[],"documents":[],"verifications":[],"face_checks":[],"returned":null,"posts":{"hand_overs":[],"returns":[],"recusals":[],"general":null},"dispatch":null,"evacuation":null,"ruling":null,"determination":null,"messages":[],"recording":null,"recordings":[],"signing":null,"signatures":[],"version":9}');
CREATE TABLE journal (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	call_id VARCHAR(32), 
	event TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2026-11-26 19:54:29.595498','party','16c2be36d4774e0a8de237728b04469e',NULL,'{"incident_id":"16c2be36d4774e0a8de237728b04469e","number":"训练 T-2026-1127-0001","training":true,"type":"incident-opened"}');
INSERT INTO "journal" VALUES(2,'2026-11-26 19:54:29.595498','service','16c2be36d4774e0a8de237728b04469e',NULL,'{"finding":{"rule":"training_town","name":"样例市（训练）","version":"2026-01-01","unmet":[],"open":["area","expressway","insurance","movable"]},"type":"local-rule-applied"}');
INSERT INTO "journal" VALUES(3,'2026-11-26 19:54:29.595498','party','16c2be36d4774e0a8de237728b04469e',NULL,'{"party":{"id":"d2fdff991e394612b9869a6d23cc011c","label":"甲","caller":true,"details":{"name":"","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[],"evacuated_at":null},"type":"party-joined"}');
INSERT INTO "journal" VALUES(4,'2026-11-26 19:54:29.595498','party','16c2be36d4774e0a8de237728b04469e',NULL,'{"party_id":"d2fdff991e394612b9869a6d23cc011c","details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"type":"party-details-stated"}');
INSERT INTO "journal" VALUES(5,'2026-11-26 19:54:29.595498','party','16c2be36d4774e0a8de237728b04469e','502bb27ac4694437aecb52070ce4de91','{"call":{"id":"502bb27ac4694437aecb52070ce4de91","incident_id":"16c2be36d4774e0a8de237728b04469e","party_id":"d2fdff991e394612b9869a6d23cc011c","source":"sms-link","placed_at":"2026-11-26T19:54:29.595498Z","state":"waiting","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":null,"answered_by":null,"answered_name":"","answered_at":null,"ended_at":null,"lost_since":null,"lost_s":0.0},"type":"call-placed"}');
INSERT INTO "journal" VALUES(6,'2026-11-26 19:54:29.970732','party','16c2be36d4774e0a8de237728b04469e',NULL,'{"party_id":"d2fdff991e394612b9869a6d23cc011c","consent":{"item":"e-service","given":true,"wording":"2026-11","way":"page","at":"2026-11-26T19:54:29.970732Z","recorded_s":null},"type":"consent-recorded"}');
INSERT INTO "journal" VALUES(7,'2026-11-26 19:54:30.106307','b356c82878a641c4a3348d85ea25da09','16c2be36d4774e0a8de237728b04469e','502bb27ac4694437aecb52070ce4de91','{"seat":"07","user_id":"b356c82878a641c4a3348d85ea25da09","user_name":"钱演示","type":"call-answered"}');
INSERT INTO "journal" VALUES(8,'2026-11-26 19:54:30.521643','b356c82878a641c4a3348d85ea25da09','16c2be36d4774e0a8de237728b04469e',NULL,'{"text":"写于 0007","type":"notes-written"}');
INSERT INTO "journal" VALUES(9,'2026-11-26 19:54:30.675760','b356c82878a641c4a3348d85ea25da09','16c2be36d4774e0a8de237728b04469e','502bb27ac4694437aecb52070ce4de91','{"by":"desk","type":"call-hung-up"}');
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
INSERT INTO "links" VALUES('3c6a80709d514f2090b2547513d4f885','a3960936e51c69d6374ca41b903dd737e928f0e36c63be16dcd1f1b7a69a5474','10012345678','sms-link','16c2be36d4774e0a8de237728b04469e','d2fdff991e394612b9869a6d23cc011c','2026-11-26 21:54:29.226582','835aa8894e3df381c1f74ee203577d025b1ebc38b79dd9ac30396a55aeee0fff','2026-11-26 19:54:29.357472');
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
INSERT INTO "seats" VALUES('07','b356c82878a641c4a3348d85ea25da09','break','','2026-11-26 19:54:29.015297');
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
INSERT INTO "sessions" VALUES('f47121183c854dd2b6ff69e9e162470e','b356c82878a641c4a3348d85ea25da09','07','a82d7fa1a9ccd10f00480c4965760dee9af7e6147d8f76f95a5cb55fadeb9822','2026-11-26 20:09:29.015297','d49445169c6ff07f0d19d4ff968a8640c299f88ac37b2d4067e0b938b04f638f',NULL,'2026-11-26 19:54:29.015297','2026-11-27 07:54:29.015297');
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
CREATE INDEX ix_sessions_seat ON sessions (seat);
CREATE INDEX ix_sessions_refresh_before ON sessions (refresh_before);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',9);
COMMIT;
