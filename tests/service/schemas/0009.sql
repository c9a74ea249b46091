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
INSERT INTO "accounts" VALUES('ca5655263d9f4963b0d46258692b8067','900001','赵演示','$argon2id$v=19$m=1024,t=1,p=1$zjKg7DJhEK0RxOL7MUzCew$5RmkRnvtT0eI+vhAoMX55RO92hhO/tyL5SwwDaeFHLg','call-taker',0,0,0,'2026-11-26 20:05:42.021954',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('873cd85a4a64476bbcaa656193310016','900010','钱演示','$argon2id$v=19$m=1024,t=1,p=1$bnNL3ugdAC3bB7pccuEkUg$wdE1/lp4KYWT8ORGC4IB4VNR3mqWnCRBHCN2MSN6ePE','call-taker ruling-officer',1,0,0,'2026-11-26 20:05:42.021954',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('cece867f47424f898d2151da99fc8181','900011','孙演示','$argon2id$v=19$m=1024,t=1,p=1$qlhtTv3SSDlTCULcDxXZcA$iMdNb2R1DCbhxFRkrDI4aEyClfd9drQby7jNFf1HqcA','call-taker ruling-officer',1,0,0,'2026-11-26 20:05:42.021954',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('aca6e4d4b3b54c04a92111dea9ced908','900020','李演示','$argon2id$v=19$m=1024,t=1,p=1$KUYm1IVLSR2gx659Vt9NTQ$lqQHSvGvgnA1XLwLjyC5Z0z+7SxmA1uR5KTXPCvNwVI','supervisor',0,0,0,'2026-11-26 20:05:42.021954',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('465cc44f1c8a42a2af91d97435bbb473','900030','周演示','$argon2id$v=19$m=1024,t=1,p=1$vbDmxvHABTaroOL49dtnFQ$KF9vJ2RCnZFf4UZAWKSxkHOKXGVInzTA2fCVc1Ko18U','trainer',0,0,0,'2026-11-26 20:05:42.021954',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('699daccd9a5f4153b70949d0a09bad77','900040','吴演示','$argon2id$v=19$m=1024,t=1,p=1$hlvEcNNTpChkxvnmODnlKA$+WMFLOR/LAcJnz0yXAdZt5sFDosaK7I6KC6P9pJxzG4','auditor',0,0,0,'2026-11-26 20:05:42.021954',0,NULL,NULL,NULL,NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0009');
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
INSERT INTO "answers" VALUES('link:def1174d4b164fe3a69f29b1ac307db1','5403f6af2563444fa8a2965386e1c998','9f6e1367c8d48690300468c334fca4f0cc31a203f411717ece8de4786a8cc883','2026-11-26 20:05:44.312827','{"call_id":"56ddca9c63b74e6197e2ccb56eaa24ed","resume_token":"3cadc22833f741c58f83bdfb9be9cb21"}');
INSERT INTO "answers" VALUES('873cd85a4a64476bbcaa656193310016','8af119dc1c694a79bbfe407f22ce410d','ed9471aa00c724f4c9bc5ff562cfee4cc8c515351be46a990aabf2d90279a2fe','2026-11-26 20:05:46.711352','{"call_id":"56ddca9c63b74e6197e2ccb56eaa24ed","incident_id":"234afb303bc14162b5bae19aaf53a6de"}');
INSERT INTO "answers" VALUES('link:def1174d4b164fe3a69f29b1ac307db1','721db9d02d154e16a41535992878cde0','ae13bc93a46667882f1b1aa64a5b430de75a0252b9f6bf0ca432c026cc636297','2026-11-26 20:05:47.516780','');
INSERT INTO "answers" VALUES('873cd85a4a64476bbcaa656193310016','6638b082c1484b4bb219c5d790fb0b7b','fcf44f208f3062c99e46c611e17f1f521a4004dab0ea18ada3028ed879c78097','2026-11-26 20:05:47.536658','');
INSERT INTO "answers" VALUES('873cd85a4a64476bbcaa656193310016','953c4446a941437da8dfad0c58303d2e','c7b49baca1e03631ebd1e6dbab956c103e1c5cf8a9a885f27f6bc67ad11a8ef0','2026-11-26 20:05:47.659264','');
INSERT INTO "answers" VALUES('873cd85a4a64476bbcaa656193310016','e7018010349549d5ac310f4d50f822d9','870dc1b2fcac9c3b7cd6bd2848d6d2dfa0ac89e40257ee579817c07d0284f3e7','2026-11-26 20:05:47.670238','');
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
INSERT INTO "audit" VALUES(1,'2026-11-26 20:05:43.949158','873cd85a4a64476bbcaa656193310016','call-taker ruling-officer','1e5816d726c047209c13ce7310b5c2b5','07','127.0.0.1','69e759a71cb646858c24542e6ee3b7ea','sessions-sign-in','','','','ok','','57e047d032540889cae609a55452568ba7301b3ec27b56b16d9308668c59952e');
INSERT INTO "audit" VALUES(2,'2026-11-26 20:05:44.096460','873cd85a4a64476bbcaa656193310016','call-taker ruling-officer','1e5816d726c047209c13ce7310b5c2b5','07','127.0.0.1','69e759a71cb646858c24542e6ee3b7ea','links-create-link','','','','ok','57e047d032540889cae609a55452568ba7301b3ec27b56b16d9308668c59952e','71066c50ff3d9c1fa1560d8be8326ce0356a5e6e25423d33196d9b0ee411fca2');
INSERT INTO "audit" VALUES(3,'2026-11-26 20:05:44.291610','01040c07f830474985a32b9c58641d84','party','def1174d4b164fe3a69f29b1ac307db1','','127.0.0.1','69e759a71cb646858c24542e6ee3b7ea','party-open-session','','','','ok','71066c50ff3d9c1fa1560d8be8326ce0356a5e6e25423d33196d9b0ee411fca2','b4fb06b2b6b7922f4423a3e54c72dd7f18c569568df98e134bef2522f4c6f655');
INSERT INTO "audit" VALUES(4,'2026-11-26 20:05:44.312827','01040c07f830474985a32b9c58641d84','party','def1174d4b164fe3a69f29b1ac307db1','','127.0.0.1','69e759a71cb646858c24542e6ee3b7ea','party-place-call','234afb303bc14162b5bae19aaf53a6de','','','ok','b4fb06b2b6b7922f4423a3e54c72dd7f18c569568df98e134bef2522f4c6f655','4919651e605b5964d0a7e8970ec0b45082fd00b16c41c44405f62f4b1d16ee9b');
INSERT INTO "audit" VALUES(5,'2026-11-26 20:05:46.711352','873cd85a4a64476bbcaa656193310016','call-taker ruling-officer','1e5816d726c047209c13ce7310b5c2b5','07','127.0.0.1','69e759a71cb646858c24542e6ee3b7ea','calls-answer','234afb303bc14162b5bae19aaf53a6de','call_id=56ddca9c63b74e6197e2ccb56eaa24ed','','ok','4919651e605b5964d0a7e8970ec0b45082fd00b16c41c44405f62f4b1d16ee9b','e6a5e4e633056d2a480a0e2097f97aeab9af34201d67679020ecd941eaeb3525');
INSERT INTO "audit" VALUES(6,'2026-11-26 20:05:47.468715','873cd85a4a64476bbcaa656193310016','call-taker ruling-officer','1e5816d726c047209c13ce7310b5c2b5','07','127.0.0.1','69e759a71cb646858c24542e6ee3b7ea','desk-desk-snapshot','','','','ok','e6a5e4e633056d2a480a0e2097f97aeab9af34201d67679020ecd941eaeb3525','39b5ed5c32757cd47b2f8b3f076837ccfaa9b2f7446fc6e23cb74fa1dc260f15');
INSERT INTO "audit" VALUES(7,'2026-11-26 20:05:47.516780','01040c07f830474985a32b9c58641d84','party','def1174d4b164fe3a69f29b1ac307db1','','127.0.0.1','69e759a71cb646858c24542e6ee3b7ea','party-give-consent','234afb303bc14162b5bae19aaf53a6de','','','ok','39b5ed5c32757cd47b2f8b3f076837ccfaa9b2f7446fc6e23cb74fa1dc260f15','65f754aa0d780d928660663c1fba435b904b8900be7ef071fc7b3fdc59aa805b');
INSERT INTO "audit" VALUES(8,'2026-11-26 20:05:47.536658','873cd85a4a64476bbcaa656193310016','call-taker ruling-officer','1e5816d726c047209c13ce7310b5c2b5','07','127.0.0.1','69e759a71cb646858c24542e6ee3b7ea','incidents-write-notes','234afb303bc14162b5bae19aaf53a6de','','','ok','65f754aa0d780d928660663c1fba435b904b8900be7ef071fc7b3fdc59aa805b','c7588b5841ed111cd7586877c14a259e5e4da517c6181b8b79ceca4c9afdfc56');
INSERT INTO "audit" VALUES(9,'2026-11-26 20:05:47.607426','873cd85a4a64476bbcaa656193310016','call-taker ruling-officer','1e5816d726c047209c13ce7310b5c2b5','07','127.0.0.1','69e759a71cb646858c24542e6ee3b7ea','desk-desk-snapshot','','','','ok','c7588b5841ed111cd7586877c14a259e5e4da517c6181b8b79ceca4c9afdfc56','6776c21720cc039341b13f2e6dd07a0f1228cd1c47f7f3af1e7bc4c5ab67f38f');
INSERT INTO "audit" VALUES(10,'2026-11-26 20:05:47.659264','873cd85a4a64476bbcaa656193310016','call-taker ruling-officer','1e5816d726c047209c13ce7310b5c2b5','07','127.0.0.1','69e759a71cb646858c24542e6ee3b7ea','incidents-state-details','234afb303bc14162b5bae19aaf53a6de','party_id=01040c07f830474985a32b9c58641d84','','ok','6776c21720cc039341b13f2e6dd07a0f1228cd1c47f7f3af1e7bc4c5ab67f38f','bae977efd598a73ef72fd917e8457880f6544c067583a1185d81d03568c89999');
INSERT INTO "audit" VALUES(11,'2026-11-26 20:05:47.670238','873cd85a4a64476bbcaa656193310016','call-taker ruling-officer','1e5816d726c047209c13ce7310b5c2b5','07','127.0.0.1','69e759a71cb646858c24542e6ee3b7ea','calls-hang-up','234afb303bc14162b5bae19aaf53a6de','call_id=56ddca9c63b74e6197e2ccb56eaa24ed','','ok','bae977efd598a73ef72fd917e8457880f6544c067583a1185d81d03568c89999','79179f7a44b8e16603c8b5f6a31fc9e94cbc099d668fe55dfd97b11ab7098478');
CREATE TABLE audit_anchors (
	place VARCHAR(8) NOT NULL, 
	number BIGINT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit_anchors PRIMARY KEY (place)
);
INSERT INTO "audit_anchors" VALUES('end',11,'79179f7a44b8e16603c8b5f6a31fc9e94cbc099d668fe55dfd97b11ab7098478');
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
INSERT INTO "calls" VALUES('56ddca9c63b74e6197e2ccb56eaa24ed','234afb303bc14162b5bae19aaf53a6de','01040c07f830474985a32b9c58641d84','wrap-up',0,'2026-11-26 20:05:44.312827','2026-11-26 20:05:47.670238','07','3cadc22833f741c58f83bdfb9be9cb21','{"id":"56ddca9c63b74e6197e2ccb56eaa24ed","incident_id":"234afb303bc14162b5bae19aaf53a6de","party_id":"01040c07f830474985a32b9c58641d84","source":"sms-link","placed_at":"2026-11-26T20:05:44.312827Z","state":"wrap-up","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":"07","answered_by":"873cd85a4a64476bbcaa656193310016","answered_name":"钱演示","answered_at":"2026-11-26T20:05:46.711352Z","ended_at":null,"lost_since":null,"lost_s":0.0}');
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
INSERT INTO "incidents" VALUES('234afb303bc14162b5bae19aaf53a6de','训练 T-2026-1127-0001','collecting',9,'2026-11-26 20:05:47.670238','{"id":"234afb303bc14162b5bae19aaf53a6de","number":"训练 T-2026-1127-0001","training":true,"opened_at":"2026-11-26T20:05:44.312827Z","state":"collecting","form":"rear-end","occurred_at":null,"fix":null,"pin":null,"whereabouts":[],"road_text":"","landmark_text":"","notes":"写于 0009","parties":[{"id":"01040c07f830474985a32b9c58641d84","label":"甲","caller":true,"details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T20:05:47.516780Z","recorded_s":null}],"evacuated_at":null}],"facts":{},"local":{"rule":"training_town","name":"样例市（训练）","version":"2026-01-01","unmet":[],"open":["area","expressway","insurance","movable"]},"hurt_known_at":null,"settled_at":null,"officer_requested_by":[],"evidence":[],"documents":[],"verifications":[],"face_checks":[],"returned":null,"posts":{"hand_overs":[],"returns":[],"recusals":[],"general":null},"dispatch":null,"evacuation":null,"ruling":null,"determination":null,"messages":[],"deliveries":[],"recording":null,"recordings":[],"signing":null,"signatures":[],"version":9}');
CREATE TABLE journal (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	call_id VARCHAR(32), 
	event TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2026-11-26 20:05:44.312827','party','234afb303bc14162b5bae19aaf53a6de',NULL,'{"incident_id":"234afb303bc14162b5bae19aaf53a6de","number":"训练 T-2026-1127-0001","training":true,"type":"incident-opened"}');
INSERT INTO "journal" VALUES(2,'2026-11-26 20:05:44.312827','service','234afb303bc14162b5bae19aaf53a6de',NULL,'{"finding":{"rule":"training_town","name":"样例市（训练）","version":"2026-01-01","unmet":[],"open":["area","expressway","insurance","movable"]},"type":"local-rule-applied"}');
INSERT INTO "journal" VALUES(3,'2026-11-26 20:05:44.312827','party','234afb303bc14162b5bae19aaf53a6de',NULL,'{"party":{"id":"01040c07f830474985a32b9c58641d84","label":"甲","caller":true,"details":{"name":"","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[],"evacuated_at":null},"type":"party-joined"}');
INSERT INTO "journal" VALUES(4,'2026-11-26 20:05:44.312827','party','234afb303bc14162b5bae19aaf53a6de',NULL,'{"party_id":"01040c07f830474985a32b9c58641d84","details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"type":"party-details-stated"}');
INSERT INTO "journal" VALUES(5,'2026-11-26 20:05:44.312827','party','234afb303bc14162b5bae19aaf53a6de','56ddca9c63b74e6197e2ccb56eaa24ed','{"call":{"id":"56ddca9c63b74e6197e2ccb56eaa24ed","incident_id":"234afb303bc14162b5bae19aaf53a6de","party_id":"01040c07f830474985a32b9c58641d84","source":"sms-link","placed_at":"2026-11-26T20:05:44.312827Z","state":"waiting","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":null,"answered_by":null,"answered_name":"","answered_at":null,"ended_at":null,"lost_since":null,"lost_s":0.0},"type":"call-placed"}');
INSERT INTO "journal" VALUES(6,'2026-11-26 20:05:46.711352','873cd85a4a64476bbcaa656193310016','234afb303bc14162b5bae19aaf53a6de','56ddca9c63b74e6197e2ccb56eaa24ed','{"seat":"07","user_id":"873cd85a4a64476bbcaa656193310016","user_name":"钱演示","type":"call-answered"}');
INSERT INTO "journal" VALUES(7,'2026-11-26 20:05:47.516780','party','234afb303bc14162b5bae19aaf53a6de',NULL,'{"party_id":"01040c07f830474985a32b9c58641d84","consent":{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T20:05:47.516780Z","recorded_s":null},"type":"consent-recorded"}');
INSERT INTO "journal" VALUES(8,'2026-11-26 20:05:47.536658','873cd85a4a64476bbcaa656193310016','234afb303bc14162b5bae19aaf53a6de',NULL,'{"text":"写于 0009","type":"notes-written"}');
INSERT INTO "journal" VALUES(9,'2026-11-26 20:05:47.670238','873cd85a4a64476bbcaa656193310016','234afb303bc14162b5bae19aaf53a6de','56ddca9c63b74e6197e2ccb56eaa24ed','{"by":"desk","type":"call-hung-up"}');
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
INSERT INTO "links" VALUES('def1174d4b164fe3a69f29b1ac307db1','9abbd131ba942968095e499aa4e8d6f6be37f35292113a9447a3c0f86d3bf2e0','10012345678','sms-link','234afb303bc14162b5bae19aaf53a6de','01040c07f830474985a32b9c58641d84','2026-11-26 22:05:44.096460','0084437ff5a14d02636e8e00ccbde02fffd41014c76905d70887e7720ef7e99e','2026-11-26 20:05:44.265421');
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
INSERT INTO "seats" VALUES('07','873cd85a4a64476bbcaa656193310016','break','','2026-11-26 20:05:43.865111');
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
INSERT INTO "sessions" VALUES('1e5816d726c047209c13ce7310b5c2b5','873cd85a4a64476bbcaa656193310016','07','8fd656171b011dcb6c8066fb564e6b66ddaf00ed7727a21fee20058410ccd080','2026-11-26 20:20:43.865111','a5b58ce82a558b9ce757a1ba1b8cd2618771f93a616966789fbd3eaeab2f740b',NULL,'2026-11-26 20:05:43.865111','2026-11-27 08:05:43.865111');
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',9);
COMMIT;
