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
INSERT INTO "accounts" VALUES('50d244bd31c34e56af2f9a27abe184b5','900001','赵演示','$argon2id$v=19$m=65536,t=3,p=4$cCNKX7F54C9Xe0r0j1fBUg$pMzR2ZApjmDVEXa/+wZhwMf0yCeOPbCZURNS5sA444o','call-taker',0);
INSERT INTO "accounts" VALUES('f38bf3fd7b6d452b830c483788f43dc8','900010','钱演示','$argon2id$v=19$m=65536,t=3,p=4$VU4GT6chJOS2tv4iAidj8g$91uAi5iZ7KGZkppH0cVfe/H+IgRAPHo7KIXPwwMoPis','call-taker ruling-officer',1);
INSERT INTO "accounts" VALUES('a76ac55120cc4da5929ca48bc0d6beed','900011','孙演示','$argon2id$v=19$m=65536,t=3,p=4$aKwhH+x/cROS/I8KKx5r/Q$mm76v5lVIhFYBBQ9TR/cV7F/SD9B3AfsCfjm/wtcX5Q','call-taker ruling-officer',1);
INSERT INTO "accounts" VALUES('d8614b49113c40748fa6ffad8b5b94bf','900020','李演示','$argon2id$v=19$m=65536,t=3,p=4$IK33ioZojBzzELI5x6Jg0A$PdvA9JBOqkNmM3ZZwuGDBP+nNO2VUspQ0Sv3nPf/YPk','supervisor',0);
INSERT INTO "accounts" VALUES('af6be40b59df454dbb9335d17b7b2f06','900030','周演示','$argon2id$v=19$m=65536,t=3,p=4$jD1C3vX1sgvbCNZU9i59SA$/AOmzAAmwZCDUvHGvGt5mBIsvIIDqxLdN0hbIx4ests','trainer',0);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0003');
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
INSERT INTO "answers" VALUES('f38bf3fd7b6d452b830c483788f43dc8','82ab653fb88c43e1b0dcbb50b3a5c577','b7a21e8f4220dad90788cc11d1db62b38a92258d25b2204ee1aa9592c51ea0a8','2026-11-26 19:39:18.710627','');
INSERT INTO "answers" VALUES('link:84bddc4bdf59438b9daed6a4280f04d4','0333c96d120f4e4ba2ceb49d662eaa0e','9f6e1367c8d48690300468c334fca4f0cc31a203f411717ece8de4786a8cc883','2026-11-26 19:39:19.385912','{"call_id":"a04901c1dd4245189b21ba696b85e68d","resume_token":"7e5ad83bd02e4e8db603558f64637eb4"}');
INSERT INTO "answers" VALUES('f38bf3fd7b6d452b830c483788f43dc8','eae10b96b1174989982cae6da2dcc2c0','bbc9b11d25d3c81c58a21f07dbd876be03c2706715cd2f0b365fe9f1b37f81e2','2026-11-26 19:39:19.572780','{"call_id":"a04901c1dd4245189b21ba696b85e68d","incident_id":"e2fcecb5848a43e39414c1a13db6a6c1"}');
INSERT INTO "answers" VALUES('f38bf3fd7b6d452b830c483788f43dc8','8a9fde9d65c249cabcb237e7db27965c','a7a2bdcd4f81a0cebfb6866f30fc5d99dd0193311e82221882ed62f7ea54136a','2026-11-26 19:39:19.582602','');
INSERT INTO "answers" VALUES('link:84bddc4bdf59438b9daed6a4280f04d4','120b2962e9da458c96e66bbea839e47b','ae13bc93a46667882f1b1aa64a5b430de75a0252b9f6bf0ca432c026cc636297','2026-11-26 19:39:19.588591','');
INSERT INTO "answers" VALUES('f38bf3fd7b6d452b830c483788f43dc8','95cc1369f2ea48a7abc159329e228d65','b4054f9fced9deed743ab2a60061993a5d41ed13e740ee1f28109968c035b8bc','2026-11-26 19:39:19.596281','');
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
INSERT INTO "calls" VALUES('a04901c1dd4245189b21ba696b85e68d','e2fcecb5848a43e39414c1a13db6a6c1','641fc644f4d64daaabf978157be3cca7','wrap-up',0,'2026-11-26 19:39:19.385912','2026-11-26 19:39:19.596281','07','7e5ad83bd02e4e8db603558f64637eb4','{"id":"a04901c1dd4245189b21ba696b85e68d","incident_id":"e2fcecb5848a43e39414c1a13db6a6c1","party_id":"641fc644f4d64daaabf978157be3cca7","source":"sms-link","placed_at":"2026-11-26T19:39:19.385912Z","state":"wrap-up","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":"07","answered_by":"f38bf3fd7b6d452b830c483788f43dc8","answered_name":"钱演示","answered_at":"2026-11-26T19:39:19.572780Z","ended_at":null,"lost_since":null,"lost_s":0.0}');
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
INSERT INTO "incidents" VALUES('e2fcecb5848a43e39414c1a13db6a6c1','训练 T-2026-1127-0001','collecting',8,'2026-11-26 19:39:19.596281','{"id":"e2fcecb5848a43e39414c1a13db6a6c1","number":"训练 T-2026-1127-0001","training":true,"opened_at":"2026-11-26T19:39:19.385912Z","state":"collecting","form":"rear-end","occurred_at":null,"fix":null,"pin":null,"whereabouts":[],"road_text":"","landmark_text":"","notes":"写于 0003","parties":[{"id":"641fc644f4d64daaabf978157be3cca7","label":"甲","caller":true,"details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:39:19.588591Z"}],"evacuated_at":null}],"facts":{},"hurt_known_at":null,"settled_at":null,"officer_requested_by":[],"evidence":[],"verifications":[],"dispatch":null,"evacuation":null,"ruling":null,"determination":null,"messages":[],"version":8}');
CREATE TABLE journal (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	call_id VARCHAR(32), 
	event TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2026-11-26 19:39:19.385912','party','e2fcecb5848a43e39414c1a13db6a6c1',NULL,'{"incident_id":"e2fcecb5848a43e39414c1a13db6a6c1","number":"训练 T-2026-1127-0001","training":true,"type":"incident-opened"}');
INSERT INTO "journal" VALUES(2,'2026-11-26 19:39:19.385912','party','e2fcecb5848a43e39414c1a13db6a6c1',NULL,'{"party":{"id":"641fc644f4d64daaabf978157be3cca7","label":"甲","caller":true,"details":{"name":"","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[],"evacuated_at":null},"type":"party-joined"}');
INSERT INTO "journal" VALUES(3,'2026-11-26 19:39:19.385912','party','e2fcecb5848a43e39414c1a13db6a6c1',NULL,'{"party_id":"641fc644f4d64daaabf978157be3cca7","details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"type":"party-details-stated"}');
INSERT INTO "journal" VALUES(4,'2026-11-26 19:39:19.385912','party','e2fcecb5848a43e39414c1a13db6a6c1','a04901c1dd4245189b21ba696b85e68d','{"call":{"id":"a04901c1dd4245189b21ba696b85e68d","incident_id":"e2fcecb5848a43e39414c1a13db6a6c1","party_id":"641fc644f4d64daaabf978157be3cca7","source":"sms-link","placed_at":"2026-11-26T19:39:19.385912Z","state":"waiting","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":null,"answered_by":null,"answered_name":"","answered_at":null,"ended_at":null,"lost_since":null,"lost_s":0.0},"type":"call-placed"}');
INSERT INTO "journal" VALUES(5,'2026-11-26 19:39:19.572780','f38bf3fd7b6d452b830c483788f43dc8','e2fcecb5848a43e39414c1a13db6a6c1','a04901c1dd4245189b21ba696b85e68d','{"seat":"07","user_id":"f38bf3fd7b6d452b830c483788f43dc8","user_name":"钱演示","type":"call-answered"}');
INSERT INTO "journal" VALUES(6,'2026-11-26 19:39:19.582602','f38bf3fd7b6d452b830c483788f43dc8','e2fcecb5848a43e39414c1a13db6a6c1',NULL,'{"text":"写于 0003","type":"notes-written"}');
INSERT INTO "journal" VALUES(7,'2026-11-26 19:39:19.588591','party','e2fcecb5848a43e39414c1a13db6a6c1',NULL,'{"party_id":"641fc644f4d64daaabf978157be3cca7","consent":{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:39:19.588591Z"},"type":"consent-recorded"}');
INSERT INTO "journal" VALUES(8,'2026-11-26 19:39:19.596281','f38bf3fd7b6d452b830c483788f43dc8','e2fcecb5848a43e39414c1a13db6a6c1','a04901c1dd4245189b21ba696b85e68d','{"by":"desk","type":"call-hung-up"}');
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
INSERT INTO "links" VALUES('84bddc4bdf59438b9daed6a4280f04d4','d02349e4990089d85cad956d0805dda3d18d9516ebe90b3cdc28cf91fa0f814a','10012345678','sms-link','e2fcecb5848a43e39414c1a13db6a6c1','641fc644f4d64daaabf978157be3cca7','2026-11-26 21:39:19.096341','f80403599dfa7ef8348a29f6ee94e6997423e529217c9f1b102cf511ec17bcb8','2026-11-26 19:39:19.310618');
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
CREATE TABLE seats (
	seat VARCHAR(16) NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	idle_since DATETIME NOT NULL, 
	CONSTRAINT pk_seats PRIMARY KEY (seat), 
	CONSTRAINT fk_seats_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "seats" VALUES('07','f38bf3fd7b6d452b830c483788f43dc8','ready','','2026-11-26 19:39:18.710627');
CREATE TABLE sessions (
	token_hash VARCHAR(64) NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	seat VARCHAR(16) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sessions_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "sessions" VALUES('a1fce7116504f5afb73a42e10d0cf939ae2fbf944e4966a347e5741a84a55f87','f38bf3fd7b6d452b830c483788f43dc8','07','2026-11-27 07:39:18.592714');
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',8);
COMMIT;
