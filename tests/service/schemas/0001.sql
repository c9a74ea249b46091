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
INSERT INTO "accounts" VALUES('17ecc9f8d69e4d96ba89250dedba626b','900001','赵演示','$argon2id$v=19$m=65536,t=3,p=4$XyhTTgTZfN83dP16jUm+KA$MRBZpe7Q0vbIDh04lvUIOtl0yzwSFBUc2HvdOPeMx5A','call-taker',0);
INSERT INTO "accounts" VALUES('7a255cd2ce174149b9a0aaa792bb40d7','900010','钱演示','$argon2id$v=19$m=65536,t=3,p=4$sNwrM0boB4+8YT5fCc2q6A$08Py/4Un+4O/b47HK/IQ4fPCyGCDWOU6X3qpU5oe8Mg','call-taker ruling-officer',1);
INSERT INTO "accounts" VALUES('95eedbcdc9e749269fd9ef3f3859e6a0','900011','孙演示','$argon2id$v=19$m=65536,t=3,p=4$zETO0/B5mxKuaVLPdQHUvw$81pXcfLeL4NABRLnhqG6gYmFTIMlZFongQ237fhwwrU','call-taker ruling-officer',1);
INSERT INTO "accounts" VALUES('5cbd773615f3452dac69e58f407265c6','900020','李演示','$argon2id$v=19$m=65536,t=3,p=4$LHwljd33BdtePvME5XW2pg$6u1hRlsJEb0Vitxc6YIN4262WBuq0hQ6MTgE/kQz8ag','supervisor',0);
INSERT INTO "accounts" VALUES('e09e1f0e5d7e48969a302c5f86480429','900030','周演示','$argon2id$v=19$m=65536,t=3,p=4$9kua5sXCAu3Oz07Gtohufg$VzFpbFzV9DsFCCer8qUjGV3YMtK/tou9jer3jTljfV4','trainer',0);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE answers (
	caller VARCHAR(64) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	body TEXT NOT NULL, 
	CONSTRAINT pk_answers PRIMARY KEY (caller, "key")
);
INSERT INTO "answers" VALUES('7a255cd2ce174149b9a0aaa792bb40d7','e733427e0ed14861a80c8b86a38799bc','b7a21e8f4220dad90788cc11d1db62b38a92258d25b2204ee1aa9592c51ea0a8','2026-11-26 19:38:47.800879','');
INSERT INTO "answers" VALUES('link:1e7a4c7f7f2840068558f8b71fb060ec','fbfebda2f82f49c9baec447009d94018','9f6e1367c8d48690300468c334fca4f0cc31a203f411717ece8de4786a8cc883','2026-11-26 19:38:48.460319','{"call_id":"a9fc589e508f4dd38dd3ec9b0eecf6d9","resume_token":"ca545ae892a247fda626ef1aafa421ca"}');
INSERT INTO "answers" VALUES('7a255cd2ce174149b9a0aaa792bb40d7','76d57fcdbf804df186b7c8cb8706c29c','26fc5f55e7968e8c72cdde41552bfc9767c93dcf150fa79ea30c850b7c48ae83','2026-11-26 19:38:48.674227','{"call_id":"a9fc589e508f4dd38dd3ec9b0eecf6d9","incident_id":"32f2d8aeb8834c8b8188b79b9d9d2677"}');
INSERT INTO "answers" VALUES('7a255cd2ce174149b9a0aaa792bb40d7','b964ecf037eb4051b35f8296c2e10387','390e2213b74441fd489ddd8bd839a3196063987ef32313eefaa61aa9ce9f1fd8','2026-11-26 19:38:48.730024','');
INSERT INTO "answers" VALUES('link:1e7a4c7f7f2840068558f8b71fb060ec','985c738279bd468e997a7aa971f51d7e','ae13bc93a46667882f1b1aa64a5b430de75a0252b9f6bf0ca432c026cc636297','2026-11-26 19:38:48.773036','');
INSERT INTO "answers" VALUES('7a255cd2ce174149b9a0aaa792bb40d7','71b6788d74c74a0ba1547f5ee7605c01','daedaa6acc928c40a7bdd0e4ad2b897440306163bcabccd08e0990b2c17fc997','2026-11-26 19:38:48.816897','');
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
INSERT INTO "calls" VALUES('a9fc589e508f4dd38dd3ec9b0eecf6d9','32f2d8aeb8834c8b8188b79b9d9d2677','7462ff616f00440e9dc80c9a89df6863','wrap-up',0,'2026-11-26 19:38:48.460319','2026-11-26 19:38:48.816897','07','ca545ae892a247fda626ef1aafa421ca','{"id":"a9fc589e508f4dd38dd3ec9b0eecf6d9","incident_id":"32f2d8aeb8834c8b8188b79b9d9d2677","party_id":"7462ff616f00440e9dc80c9a89df6863","source":"sms-link","placed_at":"2026-11-26T19:38:48.460319Z","state":"wrap-up","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":"07","answered_by":"7a255cd2ce174149b9a0aaa792bb40d7","answered_name":"钱演示","answered_at":"2026-11-26T19:38:48.674227Z","ended_at":null}');
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
INSERT INTO "incidents" VALUES('32f2d8aeb8834c8b8188b79b9d9d2677','训练 T-2026-1127-0001','collecting',8,'2026-11-26 19:38:48.816897','{"id":"32f2d8aeb8834c8b8188b79b9d9d2677","number":"训练 T-2026-1127-0001","training":true,"opened_at":"2026-11-26T19:38:48.460319Z","state":"collecting","form":"rear-end","position":null,"road_text":"","landmark_text":"","notes":"写于 0001","parties":[{"id":"7462ff616f00440e9dc80c9a89df6863","label":"甲","caller":true,"details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:38:48.773036Z"}],"evacuated_at":null}],"facts":{},"officer_requested_by":[],"evidence":[],"dispatch":null,"evacuation":null,"ruling":null,"determination":null,"messages":[],"version":8}');
CREATE TABLE journal (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	call_id VARCHAR(32), 
	event TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2026-11-26 19:38:48.460319','party','32f2d8aeb8834c8b8188b79b9d9d2677',NULL,'{"incident_id":"32f2d8aeb8834c8b8188b79b9d9d2677","number":"训练 T-2026-1127-0001","training":true,"type":"incident-opened"}');
INSERT INTO "journal" VALUES(2,'2026-11-26 19:38:48.460319','party','32f2d8aeb8834c8b8188b79b9d9d2677',NULL,'{"party":{"id":"7462ff616f00440e9dc80c9a89df6863","label":"甲","caller":true,"details":{"name":"","phone":"10012345678","id_number":"","plate":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[],"evacuated_at":null},"type":"party-joined"}');
INSERT INTO "journal" VALUES(3,'2026-11-26 19:38:48.460319','party','32f2d8aeb8834c8b8188b79b9d9d2677',NULL,'{"party_id":"7462ff616f00440e9dc80c9a89df6863","details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"type":"party-details-stated"}');
INSERT INTO "journal" VALUES(4,'2026-11-26 19:38:48.460319','party','32f2d8aeb8834c8b8188b79b9d9d2677','a9fc589e508f4dd38dd3ec9b0eecf6d9','{"call":{"id":"a9fc589e508f4dd38dd3ec9b0eecf6d9","incident_id":"32f2d8aeb8834c8b8188b79b9d9d2677","party_id":"7462ff616f00440e9dc80c9a89df6863","source":"sms-link","placed_at":"2026-11-26T19:38:48.460319Z","state":"waiting","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":null,"answered_by":null,"answered_name":"","answered_at":null,"ended_at":null},"type":"call-placed"}');
INSERT INTO "journal" VALUES(5,'2026-11-26 19:38:48.674227','7a255cd2ce174149b9a0aaa792bb40d7','32f2d8aeb8834c8b8188b79b9d9d2677','a9fc589e508f4dd38dd3ec9b0eecf6d9','{"seat":"07","user_id":"7a255cd2ce174149b9a0aaa792bb40d7","user_name":"钱演示","type":"call-answered"}');
INSERT INTO "journal" VALUES(6,'2026-11-26 19:38:48.730024','7a255cd2ce174149b9a0aaa792bb40d7','32f2d8aeb8834c8b8188b79b9d9d2677',NULL,'{"text":"写于 0001","type":"notes-written"}');
INSERT INTO "journal" VALUES(7,'2026-11-26 19:38:48.773036','party','32f2d8aeb8834c8b8188b79b9d9d2677',NULL,'{"party_id":"7462ff616f00440e9dc80c9a89df6863","consent":{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:38:48.773036Z"},"type":"consent-recorded"}');
INSERT INTO "journal" VALUES(8,'2026-11-26 19:38:48.816897','7a255cd2ce174149b9a0aaa792bb40d7','32f2d8aeb8834c8b8188b79b9d9d2677','a9fc589e508f4dd38dd3ec9b0eecf6d9','{"by":"desk","type":"call-hung-up"}');
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
INSERT INTO "links" VALUES('1e7a4c7f7f2840068558f8b71fb060ec','b512e240acca45b3104e20a08c8dab1920fff87c9e3c782c686eb458b856e269','10012345678','sms-link','32f2d8aeb8834c8b8188b79b9d9d2677','7462ff616f00440e9dc80c9a89df6863','2026-11-26 21:38:48.196902','8110b88b75cdbdb5883db87bd0a6c7257f39405be547922cc6484689dcae72fb','2026-11-26 19:38:48.380659');
CREATE TABLE numbers (
	series VARCHAR(32) NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_numbers PRIMARY KEY (series)
);
INSERT INTO "numbers" VALUES('训练 T-2026-1127',1);
CREATE TABLE seats (
	seat VARCHAR(16) NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	idle_since DATETIME NOT NULL, 
	CONSTRAINT pk_seats PRIMARY KEY (seat), 
	CONSTRAINT fk_seats_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "seats" VALUES('07','7a255cd2ce174149b9a0aaa792bb40d7','ready','','2026-11-26 19:38:47.800879');
CREATE TABLE sessions (
	token_hash VARCHAR(64) NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	seat VARCHAR(16) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sessions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "sessions" VALUES('7a11c0e667c2489f8e2bcb714b48d029393e1ca5137019778afcf4258264cc4f','7a255cd2ce174149b9a0aaa792bb40d7','07','2026-11-27 07:38:47.710374');
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',8);
COMMIT;
