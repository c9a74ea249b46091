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
INSERT INTO "accounts" VALUES('9aacbdc4ac774310ba4ed64dbaf9bb8e','900001','赵演示','$argon2id$v=19$m=65536,t=3,p=4$Ti2V1i0ve9Ewt9Q4L4/xRg$c1UjOr5Nyi6VD4Hgoqqqd2aYEsokuymbTuUR7cxRpQg','call-taker',0);
INSERT INTO "accounts" VALUES('3213590d0477479e8d79b47c13133f0a','900010','钱演示','$argon2id$v=19$m=65536,t=3,p=4$yf3I3xNoIJq+wktzzTW58A$DCB/9XUg9S9v3Vv1gU3qEiL6yfgbG1mXyHGuUafoYtU','call-taker ruling-officer',1);
INSERT INTO "accounts" VALUES('df1f44fe87d9469eb4f8df9681be80f8','900011','孙演示','$argon2id$v=19$m=65536,t=3,p=4$q239GUYY7mJKtPPgWc8acA$Z5U4HGq1d07BHnUemQWweUT8p7fS3ow7GXs+FWZ/KG8','call-taker ruling-officer',1);
INSERT INTO "accounts" VALUES('e198a04e08e94adcab05576a2ee59b91','900020','李演示','$argon2id$v=19$m=65536,t=3,p=4$H8TSHgrUgQkZUZTP5bo8MQ$ybEOZdBVn8DWhku5y2isTaSnQ+LIUas2kypizJC7k1A','supervisor',0);
INSERT INTO "accounts" VALUES('c46f7be7df7e4beeaf74c7473308607f','900030','周演示','$argon2id$v=19$m=65536,t=3,p=4$mxf+gUTtL5fr4kNcxFmwDg$x67AzriYqKUeMRU+bbHm1LPuvL3UdBWaoOdNZS3hLuQ','trainer',0);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
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
INSERT INTO "answers" VALUES('3213590d0477479e8d79b47c13133f0a','f512d49d94814d7c9f39547a2573c28a','b7a21e8f4220dad90788cc11d1db62b38a92258d25b2204ee1aa9592c51ea0a8','2026-11-26 19:39:03.414342','');
INSERT INTO "answers" VALUES('link:b6076e0d8cd0444f864703e550eb2d1a','a8562c3778fc42c8912594cfeb573265','9f6e1367c8d48690300468c334fca4f0cc31a203f411717ece8de4786a8cc883','2026-11-26 19:39:03.855228','{"call_id":"26da393788b8468db3ae6e912a16e1a9","resume_token":"79d1e8faf22343759019aac71357c51e"}');
INSERT INTO "answers" VALUES('3213590d0477479e8d79b47c13133f0a','6a6bde26174b4b3cadd115bc0c6b4765','a513534556a51dc841fee32c60fd85a74fa68b4de9ddbad420dc7e556221b576','2026-11-26 19:39:04.386067','{"call_id":"26da393788b8468db3ae6e912a16e1a9","incident_id":"a8808883b3bd44d4b94caf2610954e14"}');
INSERT INTO "answers" VALUES('3213590d0477479e8d79b47c13133f0a','291a7ad3e7014973a54d379f563ebb7b','07e24606491a4a5077e5a3d5cca4e232808270a8ea48d8e525d9af1ca0cce5ab','2026-11-26 19:39:04.408381','');
INSERT INTO "answers" VALUES('link:b6076e0d8cd0444f864703e550eb2d1a','5e029b6c487f4dcb85314ed754a31e95','ae13bc93a46667882f1b1aa64a5b430de75a0252b9f6bf0ca432c026cc636297','2026-11-26 19:39:04.429277','');
INSERT INTO "answers" VALUES('3213590d0477479e8d79b47c13133f0a','48bea1c5300a478ab5db72fccd82bf50','fbd3ccc32c93ddc278bb4608ee59161af9abb7168f3a970cc9fa05633966d3df','2026-11-26 19:39:04.457051','');
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
INSERT INTO "calls" VALUES('26da393788b8468db3ae6e912a16e1a9','a8808883b3bd44d4b94caf2610954e14','22393ae10c8e4eeaaf1fe821d14d6994','wrap-up',0,'2026-11-26 19:39:03.855228','2026-11-26 19:39:04.457051','07','79d1e8faf22343759019aac71357c51e','{"id":"26da393788b8468db3ae6e912a16e1a9","incident_id":"a8808883b3bd44d4b94caf2610954e14","party_id":"22393ae10c8e4eeaaf1fe821d14d6994","source":"sms-link","placed_at":"2026-11-26T19:39:03.855228Z","state":"wrap-up","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":"07","answered_by":"3213590d0477479e8d79b47c13133f0a","answered_name":"钱演示","answered_at":"2026-11-26T19:39:04.386067Z","ended_at":null,"lost_since":null,"lost_s":0.0}');
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
INSERT INTO "incidents" VALUES('a8808883b3bd44d4b94caf2610954e14','训练 T-2026-1127-0001','collecting',8,'2026-11-26 19:39:04.457051','{"id":"a8808883b3bd44d4b94caf2610954e14","number":"训练 T-2026-1127-0001","training":true,"opened_at":"2026-11-26T19:39:03.855228Z","state":"collecting","form":"rear-end","occurred_at":null,"fix":null,"pin":null,"whereabouts":[],"road_text":"","landmark_text":"","notes":"写于 0002","parties":[{"id":"22393ae10c8e4eeaaf1fe821d14d6994","label":"甲","caller":true,"details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:39:04.429277Z"}],"evacuated_at":null}],"facts":{},"hurt_known_at":null,"settled_at":null,"officer_requested_by":[],"evidence":[],"verifications":[],"dispatch":null,"evacuation":null,"ruling":null,"determination":null,"messages":[],"version":8}');
CREATE TABLE journal (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	call_id VARCHAR(32), 
	event TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2026-11-26 19:39:03.855228','party','a8808883b3bd44d4b94caf2610954e14',NULL,'{"incident_id":"a8808883b3bd44d4b94caf2610954e14","number":"训练 T-2026-1127-0001","training":true,"type":"incident-opened"}');
INSERT INTO "journal" VALUES(2,'2026-11-26 19:39:03.855228','party','a8808883b3bd44d4b94caf2610954e14',NULL,'{"party":{"id":"22393ae10c8e4eeaaf1fe821d14d6994","label":"甲","caller":true,"details":{"name":"","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[],"evacuated_at":null},"type":"party-joined"}');
INSERT INTO "journal" VALUES(3,'2026-11-26 19:39:03.855228','party','a8808883b3bd44d4b94caf2610954e14',NULL,'{"party_id":"22393ae10c8e4eeaaf1fe821d14d6994","details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"type":"party-details-stated"}');
INSERT INTO "journal" VALUES(4,'2026-11-26 19:39:03.855228','party','a8808883b3bd44d4b94caf2610954e14','26da393788b8468db3ae6e912a16e1a9','{"call":{"id":"26da393788b8468db3ae6e912a16e1a9","incident_id":"a8808883b3bd44d4b94caf2610954e14","party_id":"22393ae10c8e4eeaaf1fe821d14d6994","source":"sms-link","placed_at":"2026-11-26T19:39:03.855228Z","state":"waiting","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":null,"answered_by":null,"answered_name":"","answered_at":null,"ended_at":null,"lost_since":null,"lost_s":0.0},"type":"call-placed"}');
INSERT INTO "journal" VALUES(5,'2026-11-26 19:39:04.386067','3213590d0477479e8d79b47c13133f0a','a8808883b3bd44d4b94caf2610954e14','26da393788b8468db3ae6e912a16e1a9','{"seat":"07","user_id":"3213590d0477479e8d79b47c13133f0a","user_name":"钱演示","type":"call-answered"}');
INSERT INTO "journal" VALUES(6,'2026-11-26 19:39:04.408381','3213590d0477479e8d79b47c13133f0a','a8808883b3bd44d4b94caf2610954e14',NULL,'{"text":"写于 0002","type":"notes-written"}');
INSERT INTO "journal" VALUES(7,'2026-11-26 19:39:04.429277','party','a8808883b3bd44d4b94caf2610954e14',NULL,'{"party_id":"22393ae10c8e4eeaaf1fe821d14d6994","consent":{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:39:04.429277Z"},"type":"consent-recorded"}');
INSERT INTO "journal" VALUES(8,'2026-11-26 19:39:04.457051','3213590d0477479e8d79b47c13133f0a','a8808883b3bd44d4b94caf2610954e14','26da393788b8468db3ae6e912a16e1a9','{"by":"desk","type":"call-hung-up"}');
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
INSERT INTO "links" VALUES('b6076e0d8cd0444f864703e550eb2d1a','1ee7290bfdec9cee38032d2029700ac3757da5301fe373f87de301add80eb9e4','10012345678','sms-link','a8808883b3bd44d4b94caf2610954e14','22393ae10c8e4eeaaf1fe821d14d6994','2026-11-26 21:39:03.670341','0e7cf4d6718c3933c8e894df949b7281577c81254ab2a16079293c06e90fb178','2026-11-26 19:39:03.797169');
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
CREATE TABLE seats (
	seat VARCHAR(16) NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	idle_since DATETIME NOT NULL, 
	CONSTRAINT pk_seats PRIMARY KEY (seat), 
	CONSTRAINT fk_seats_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "seats" VALUES('07','3213590d0477479e8d79b47c13133f0a','ready','','2026-11-26 19:39:03.414342');
CREATE TABLE sessions (
	token_hash VARCHAR(64) NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	seat VARCHAR(16) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sessions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "sessions" VALUES('b24674f75f24b895d8531b6cf63f301f4e0ace8a6b2926166787f626034cd621','3213590d0477479e8d79b47c13133f0a','07','2026-11-27 07:39:03.388530');
CREATE TABLE signals (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	call_id VARCHAR(32) NOT NULL, 
	sender VARCHAR(8) NOT NULL, 
	at DATETIME NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT fk_signals_call_id FOREIGN KEY(call_id) REFERENCES calls (id)
);
CREATE INDEX ix_incidents_changed ON incidents (changed_at);
CREATE INDEX ix_journal_incident ON journal (incident_id, sequence);
CREATE INDEX ix_calls_incident ON calls (incident_id);
CREATE INDEX ix_calls_party ON calls (party_id);
CREATE INDEX ix_calls_state ON calls (state, placed_at);
CREATE INDEX ix_signals_call ON signals (call_id, number);
CREATE INDEX ix_outbox_due ON outbox (sent_at, due_at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',8);
COMMIT;
