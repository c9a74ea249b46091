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
INSERT INTO "accounts" VALUES('1560ba1a63b4434189532e30079a1e9f','900001','赵演示','$argon2id$v=19$m=65536,t=3,p=4$cC0hFZbcVdoJmEHTKiDWTg$VJs+oCe1osXpDQjbKYFRZTs7y7ukgzFobXXnzNg+7Xk','call-taker',0,0,0,'2026-11-26 19:40:11.003045',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('50af003b5da348d1b0faadfcb8d4bb31','900010','钱演示','$argon2id$v=19$m=65536,t=3,p=4$2rdanDIg8hOAdq0WWLDmqg$BKlxiw/vJ7CAwOgu0VJ1hS/h3iUzFT+DIFHrUkDWR1I','call-taker ruling-officer',1,0,0,'2026-11-26 19:40:11.003045',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('7e034371fd964e2dbc25e7b2f1300493','900011','孙演示','$argon2id$v=19$m=65536,t=3,p=4$i+HGF6KrN0MjnXc6dUjcNw$kqS9Af6w11r9gNrwGagk6nDGTroSUHIhUk/Kw00oQ+o','call-taker ruling-officer',1,0,0,'2026-11-26 19:40:11.003045',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('86802c882cd34dd38799cb978974b4ea','900020','李演示','$argon2id$v=19$m=65536,t=3,p=4$wN1oBDja5vzliS000LpdnA$v9mhJqzDBrxAr9XDNFzxh2shOozsuoVevZc4Zv4FFE4','supervisor',0,0,0,'2026-11-26 19:40:11.003045',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('7f9547f50143402f8c8fd11aa6769c6c','900030','周演示','$argon2id$v=19$m=65536,t=3,p=4$tzQINC3mda2eKjKgjhwnlg$B7WjQ//Z+kUenr03S0VGlBFt+AWD6J+yii8Vn7IEMZg','trainer',0,0,0,'2026-11-26 19:40:11.003045',0,NULL,NULL,NULL,NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
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
INSERT INTO "answers" VALUES('50af003b5da348d1b0faadfcb8d4bb31','a14c40a4145a46d69bb83d44c2bb4396','b7a21e8f4220dad90788cc11d1db62b38a92258d25b2204ee1aa9592c51ea0a8','2026-11-26 19:40:17.354908','');
INSERT INTO "answers" VALUES('link:fa52617e1a2f48488484377e79b54462','8106e225bd984ba8b156b7fd0d664885','9f6e1367c8d48690300468c334fca4f0cc31a203f411717ece8de4786a8cc883','2026-11-26 19:40:18.785504','{"call_id":"7701e4e8ceda471fab7686365db8adef","resume_token":"e2d21d00fe834cdbb66b6906d613b301"}');
INSERT INTO "answers" VALUES('50af003b5da348d1b0faadfcb8d4bb31','c1ffa843a1c44af49984cbbf98ce5b8f','db708e2a717f4c44f715094e1da3ab9411acc21c6e0b04ba62f7d3712311770e','2026-11-26 19:40:19.174640','{"call_id":"7701e4e8ceda471fab7686365db8adef","incident_id":"31b1693d48354a0babfe14b1fe550cda"}');
INSERT INTO "answers" VALUES('50af003b5da348d1b0faadfcb8d4bb31','ee9601a80eb646eabf164d077c405bab','bffef287f1a2c5e83ceb823d9df6cf223edfa13381f296f88c9accaefbf875bc','2026-11-26 19:40:19.286373','');
INSERT INTO "answers" VALUES('link:fa52617e1a2f48488484377e79b54462','7eec2044ce3145b79261930444c70b96','ae13bc93a46667882f1b1aa64a5b430de75a0252b9f6bf0ca432c026cc636297','2026-11-26 19:40:19.361076','');
INSERT INTO "answers" VALUES('50af003b5da348d1b0faadfcb8d4bb31','acabc1fbb5cb4a9ab62d1af11c359866','d48f94148507718e24b8c176f92983231007452573248d1ffe6914cf34734231','2026-11-26 19:40:19.430828','');
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
INSERT INTO "calls" VALUES('7701e4e8ceda471fab7686365db8adef','31b1693d48354a0babfe14b1fe550cda','f603c613740c409e855b3119b37f877a','wrap-up',0,'2026-11-26 19:40:18.785504','2026-11-26 19:40:19.430828','07','e2d21d00fe834cdbb66b6906d613b301','{"id":"7701e4e8ceda471fab7686365db8adef","incident_id":"31b1693d48354a0babfe14b1fe550cda","party_id":"f603c613740c409e855b3119b37f877a","source":"sms-link","placed_at":"2026-11-26T19:40:18.785504Z","state":"wrap-up","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":"07","answered_by":"50af003b5da348d1b0faadfcb8d4bb31","answered_name":"钱演示","answered_at":"2026-11-26T19:40:19.174640Z","ended_at":null,"lost_since":null,"lost_s":0.0}');
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
INSERT INTO "incidents" VALUES('31b1693d48354a0babfe14b1fe550cda','训练 T-2026-1127-0001','collecting',9,'2026-11-26 19:40:19.430828','{"id":"31b1693d48354a0babfe14b1fe550cda","number":"训练 T-2026-1127-0001","training":true,"opened_at":"2026-11-26T19:40:18.785504Z","state":"collecting","form":"rear-end","occurred_at":null,"fix":null,"pin":null,"whereabouts":[],"road_text":"","landmark_text":"","notes":"写于 0006","parties":[{"id":"f603c613740c409e855b3119b37f877a","label":"甲","caller":true,"details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:40:19.361076Z","recorded_s":null}],"evacuated_at":null}],"facts":{},"local":{"rule":"training_town","name":"样例市（训练）","version":"2026-01-01","unmet":[],"open":["area","expressway","insurance","movable"]},"hurt_known_at":null,"settled_at":null,"officer_requested_by":[],"evidence":[],"documents":[],"verifications":[],"face_checks":[],"returned":null,"dispatch":null,"evacuation":null,"ruling":null,"determination":null,"messages":[],"recording":null,"recordings":[],"signing":null,"signatures":[],"version":9}');
CREATE TABLE journal (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	call_id VARCHAR(32), 
	event TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2026-11-26 19:40:18.785504','party','31b1693d48354a0babfe14b1fe550cda',NULL,'{"incident_id":"31b1693d48354a0babfe14b1fe550cda","number":"训练 T-2026-1127-0001","training":true,"type":"incident-opened"}');
INSERT INTO "journal" VALUES(2,'2026-11-26 19:40:18.785504','service','31b1693d48354a0babfe14b1fe550cda',NULL,'{"finding":{"rule":"training_town","name":"样例市（训练）","version":"2026-01-01","unmet":[],"open":["area","expressway","insurance","movable"]},"type":"local-rule-applied"}');
INSERT INTO "journal" VALUES(3,'2026-11-26 19:40:18.785504','party','31b1693d48354a0babfe14b1fe550cda',NULL,'{"party":{"id":"f603c613740c409e855b3119b37f877a","label":"甲","caller":true,"details":{"name":"","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[],"evacuated_at":null},"type":"party-joined"}');
INSERT INTO "journal" VALUES(4,'2026-11-26 19:40:18.785504','party','31b1693d48354a0babfe14b1fe550cda',NULL,'{"party_id":"f603c613740c409e855b3119b37f877a","details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"type":"party-details-stated"}');
INSERT INTO "journal" VALUES(5,'2026-11-26 19:40:18.785504','party','31b1693d48354a0babfe14b1fe550cda','7701e4e8ceda471fab7686365db8adef','{"call":{"id":"7701e4e8ceda471fab7686365db8adef","incident_id":"31b1693d48354a0babfe14b1fe550cda","party_id":"f603c613740c409e855b3119b37f877a","source":"sms-link","placed_at":"2026-11-26T19:40:18.785504Z","state":"waiting","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":null,"answered_by":null,"answered_name":"","answered_at":null,"ended_at":null,"lost_since":null,"lost_s":0.0},"type":"call-placed"}');
INSERT INTO "journal" VALUES(6,'2026-11-26 19:40:19.174640','50af003b5da348d1b0faadfcb8d4bb31','31b1693d48354a0babfe14b1fe550cda','7701e4e8ceda471fab7686365db8adef','{"seat":"07","user_id":"50af003b5da348d1b0faadfcb8d4bb31","user_name":"钱演示","type":"call-answered"}');
INSERT INTO "journal" VALUES(7,'2026-11-26 19:40:19.286373','50af003b5da348d1b0faadfcb8d4bb31','31b1693d48354a0babfe14b1fe550cda',NULL,'{"text":"写于 0006","type":"notes-written"}');
INSERT INTO "journal" VALUES(8,'2026-11-26 19:40:19.361076','party','31b1693d48354a0babfe14b1fe550cda',NULL,'{"party_id":"f603c613740c409e855b3119b37f877a","consent":{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T19:40:19.361076Z","recorded_s":null},"type":"consent-recorded"}');
INSERT INTO "journal" VALUES(9,'2026-11-26 19:40:19.430828','50af003b5da348d1b0faadfcb8d4bb31','31b1693d48354a0babfe14b1fe550cda','7701e4e8ceda471fab7686365db8adef','{"by":"desk","type":"call-hung-up"}');
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
INSERT INTO "links" VALUES('fa52617e1a2f48488484377e79b54462','6951e62ac883af03bd6dbd9b546480e03176f6835e97429cd5a7f4aaa74fc7d0','10012345678','sms-link','31b1693d48354a0babfe14b1fe550cda','f603c613740c409e855b3119b37f877a','2026-11-26 21:40:18.453553','23efb47ef38810ed2a004b6d16fa3c25c5151e018d9693928e88a1fce7643b90','2026-11-26 19:40:18.692910');
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
CREATE TABLE seats (
	seat VARCHAR(16) NOT NULL, 
	account_id VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	reason VARCHAR(200) NOT NULL, 
	idle_since DATETIME NOT NULL, 
	CONSTRAINT pk_seats PRIMARY KEY (seat), 
	CONSTRAINT fk_seats_account_id FOREIGN KEY(account_id) REFERENCES accounts (id)
);
INSERT INTO "seats" VALUES('07','50af003b5da348d1b0faadfcb8d4bb31','ready','','2026-11-26 19:40:17.354908');
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
INSERT INTO "sessions" VALUES('7829a25c73004a28bb6ae65058db75a5','50af003b5da348d1b0faadfcb8d4bb31','07','39630409aa46c7bc9ff808af1fb7347d23b6f6707c93be98b27f347b6d7ce34d','2026-11-26 19:55:17.280736','013cde09b77f37f154a4f4de36eb206da83b5cf9a6c7a70f7cdd1cdc7b8078fc',NULL,'2026-11-26 19:40:17.280736','2026-11-27 07:40:17.280736');
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
