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
INSERT INTO "accounts" VALUES('714ed0b3e85f4c1ea94bcf244effae45','900001','赵演示','$argon2id$v=19$m=65536,t=3,p=4$HTMbVhxObWMlPjPfO17tFg$fwhf4IWygebP/uUqRk77b3h2zyLxwMPmaoddeDmxhhU','call-taker',0);
INSERT INTO "accounts" VALUES('dda86a45565c461bb9689b4010a8db98','900010','钱演示','$argon2id$v=19$m=65536,t=3,p=4$MsYiMsdIIJef2UGxUvZiow$bp1/RBpykFJET1NC8Eai6WNnMGr5fXEanKIS9THmQW8','call-taker ruling-officer',1);
INSERT INTO "accounts" VALUES('f50021b1767a4505b60b242c639fe1a4','900011','孙演示','$argon2id$v=19$m=65536,t=3,p=4$4XJe05BD5QzvkuzVDRxNsA$WS4vPpXBMQCiVrZbP9bjV39Xmjmbbv82pcOtqf8UWgw','call-taker ruling-officer',1);
INSERT INTO "accounts" VALUES('7acb1847f87b44379be839985a9eb617','900020','李演示','$argon2id$v=19$m=65536,t=3,p=4$mOT4pBgG1h/eMgxnn4RB8w$sd+T44yXB0DShKQAvRrkW3MCWOA6Gyp3+SK4Br42ptk','supervisor',0);
INSERT INTO "accounts" VALUES('f6b0544a966a4e9f8ecdbb487e488d4e','900030','周演示','$argon2id$v=19$m=65536,t=3,p=4$MCFu5I1NOa9ZVsg8slXmrw$HAX1RFOkNWJkcK/WbggLdp+7CHqdmrszi4u0oBD89CM','trainer',0);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
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
INSERT INTO "answers" VALUES('dda86a45565c461bb9689b4010a8db98','81166429599c4e038d341e824441dbcf','b7a21e8f4220dad90788cc11d1db62b38a92258d25b2204ee1aa9592c51ea0a8','2026-11-26 19:39:36.245841','');
INSERT INTO "answers" VALUES('link:ac8c37fd7bfd497299304a47517c8072','527e7167cf3544a58d889c0a371bab6c','9f6e1367c8d48690300468c334fca4f0cc31a203f411717ece8de4786a8cc883','2026-11-26 19:39:37.195562','{"call_id":"a4b9c875220744af9b431e4798961a68","resume_token":"4a0984dc6b994c3c9e64f496fbc5915b"}');
INSERT INTO "answers" VALUES('dda86a45565c461bb9689b4010a8db98','dcfb2754176b4407a005cc138428d02e','82f1301f930451c5e0f411daeca5f0da7c70aeffa85829485cd5d176a9d63d03','2026-11-26 19:39:37.859498','{"call_id":"a4b9c875220744af9b431e4798961a68","incident_id":"3445bdfe4bb54f40acedb21a069e4548"}');
INSERT INTO "answers" VALUES('dda86a45565c461bb9689b4010a8db98','81b0c71377a3410aa92c4d6674ba5d43','25bdd1444ec13c47d3e19783c7f27cc68348c4a6990044b521d3dc6c0ba03084','2026-11-26 19:39:37.910216','');
INSERT INTO "answers" VALUES('link:ac8c37fd7bfd497299304a47517c8072','e08bc92ebd664dadbcfe60f3d0ee1504','ae13bc93a46667882f1b1aa64a5b430de75a0252b9f6bf0ca432c026cc636297','2026-11-26 19:39:37.921562','');
INSERT INTO "answers" VALUES('dda86a45565c461bb9689b4010a8db98','66309c5b813f4c62aad9a042de00b474','62d251e27f73271c0b6ce8f2030ffb1d285ae56e1a44cffebc02e4650d4afccd','2026-11-26 19:39:37.932748','');
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
INSERT INTO "calls" VALUES('a4b9c875220744af9b431e4798961a68','3445bdfe4bb54f40acedb21a069e4548','0d6a44dd2b0741999b91d34227647628','wrap-up',0,'2026-11-26 19:39:37.195562','2026-11-26 19:39:37.932748','07','4a0984dc6b994c3c9e64f496fbc5915b','{"id":"a4b9c875220744af9b431e4798961a68","incident_id":"3445bdfe4bb54f40acedb21a069e4548","party_id":"0d6a44dd2b0741999b91d34227647628","source":"sms-link","placed_at":"2026-11-26T19:39:37.195562Z","state":"wrap-up","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":"07","answered_by":"dda86a45565c461bb9689b4010a8db98","answered_name":"钱演示","answered_at":"2026-11-26T19:39:37.859498Z","ended_at":null,"lost_since":null,"lost_s":0.0}');
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
INSERT INTO "incidents" VALUES('3445bdfe4bb54f40acedb21a069e4548','训练 T-2026-1127-0001','collecting',8,'2026-11-26 19:39:37.932748','{"id":"3445bdfe4bb54f40acedb21a069e4548","number":"训练 T-2026-1127-0001","training":true,"opened_at":"2026-11-26T19:39:37.195562Z","state":"collecting","form":"rear-end","occurred_at":null,"fix":null,"pin":null,"whereabouts":[],"road_text":"","landmark_text":"","notes":"写于 0004","parties":[{"id":"0d6a44dd2b0741999b91d34227647628","label":"甲","caller":true,"details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:39:37.921562Z"}],"evacuated_at":null}],"facts":{},"hurt_known_at":null,"settled_at":null,"officer_requested_by":[],"evidence":[],"documents":[],"verifications":[],"face_checks":[],"dispatch":null,"evacuation":null,"ruling":null,"determination":null,"messages":[],"version":8}');
CREATE TABLE journal (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	call_id VARCHAR(32), 
	event TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2026-11-26 19:39:37.195562','party','3445bdfe4bb54f40acedb21a069e4548',NULL,'{"incident_id":"3445bdfe4bb54f40acedb21a069e4548","number":"训练 T-2026-1127-0001","training":true,"type":"incident-opened"}');
INSERT INTO "journal" VALUES(2,'2026-11-26 19:39:37.195562','party','3445bdfe4bb54f40acedb21a069e4548',NULL,'{"party":{"id":"0d6a44dd2b0741999b91d34227647628","label":"甲","caller":true,"details":{"name":"","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[],"evacuated_at":null},"type":"party-joined"}');
INSERT INTO "journal" VALUES(3,'2026-11-26 19:39:37.195562','party','3445bdfe4bb54f40acedb21a069e4548',NULL,'{"party_id":"0d6a44dd2b0741999b91d34227647628","details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"type":"party-details-stated"}');
INSERT INTO "journal" VALUES(4,'2026-11-26 19:39:37.195562','party','3445bdfe4bb54f40acedb21a069e4548','a4b9c875220744af9b431e4798961a68','{"call":{"id":"a4b9c875220744af9b431e4798961a68","incident_id":"3445bdfe4bb54f40acedb21a069e4548","party_id":"0d6a44dd2b0741999b91d34227647628","source":"sms-link","placed_at":"2026-11-26T19:39:37.195562Z","state":"waiting","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":null,"answered_by":null,"answered_name":"","answered_at":null,"ended_at":null,"lost_since":null,"lost_s":0.0},"type":"call-placed"}');
INSERT INTO "journal" VALUES(5,'2026-11-26 19:39:37.859498','dda86a45565c461bb9689b4010a8db98','3445bdfe4bb54f40acedb21a069e4548','a4b9c875220744af9b431e4798961a68','{"seat":"07","user_id":"dda86a45565c461bb9689b4010a8db98","user_name":"钱演示","type":"call-answered"}');
INSERT INTO "journal" VALUES(6,'2026-11-26 19:39:37.910216','dda86a45565c461bb9689b4010a8db98','3445bdfe4bb54f40acedb21a069e4548',NULL,'{"text":"写于 0004","type":"notes-written"}');
INSERT INTO "journal" VALUES(7,'2026-11-26 19:39:37.921562','party','3445bdfe4bb54f40acedb21a069e4548',NULL,'{"party_id":"0d6a44dd2b0741999b91d34227647628","consent":{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:39:37.921562Z"},"type":"consent-recorded"}');
INSERT INTO "journal" VALUES(8,'2026-11-26 19:39:37.932748','dda86a45565c461bb9689b4010a8db98','3445bdfe4bb54f40acedb21a069e4548','a4b9c875220744af9b431e4798961a68','{"by":"desk","type":"call-hung-up"}');
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
INSERT INTO "links" VALUES('ac8c37fd7bfd497299304a47517c8072','a6b49307fe4db735c1558d7ab62c83072edb627dc905b5332eccba94808a6514','10012345678','sms-link','3445bdfe4bb54f40acedb21a069e4548','0d6a44dd2b0741999b91d34227647628','2026-11-26 21:39:36.892633','6913a33d404cb88e4c5ed2793a38b57bfb086b78deca26cf0d1e90f259016eae','2026-11-26 19:39:37.113825');
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
INSERT INTO "seats" VALUES('07','dda86a45565c461bb9689b4010a8db98','ready','','2026-11-26 19:39:36.245841');
CREATE TABLE sessions (
	token_hash VARCHAR(64) NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	seat VARCHAR(16) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sessions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "sessions" VALUES('9ca4c11c3c5409db0976e9ae1df208ccf848cef5c9d43e35641a843bad0a9f21','dda86a45565c461bb9689b4010a8db98','07','2026-11-27 07:39:36.202454');
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
CREATE INDEX ix_signals_call ON signals (call_id, number);
CREATE INDEX ix_outbox_due ON outbox (sent_at, due_at);
CREATE INDEX ix_calls_queue ON calls (state, hurt_reported, placed_at);
CREATE INDEX ix_calls_seat ON calls (seat, state);
CREATE INDEX ix_readings_open ON readings (done_at, asked_at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',8);
COMMIT;
