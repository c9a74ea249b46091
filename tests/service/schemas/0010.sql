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
INSERT INTO "accounts" VALUES('5f9bf9a7595b4414b36f25857bd9c18e','900001','赵演示','$argon2id$v=19$m=1024,t=1,p=1$PbbzIfHPKZuyMsQ86B73xg$IG4JoBN0/+YOE+fYFZQ1FrE27JBeHWrxI7HhL2bVqSw','call-taker',0,0,0,'2026-11-26 20:39:23.828998',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('5aba57dcaa0d49c0be7f6b61f9b7ca9e','900010','钱演示','$argon2id$v=19$m=1024,t=1,p=1$LS4TDQWHCnl//lITuihbFg$nnHQdPUzYNxCLVQbQCg/lMs6oBA2eNOBx9B59agaLTg','call-taker ruling-officer',1,0,0,'2026-11-26 20:39:23.828998',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('2d949fb2bfda46d2887fa21f7c64b38b','900011','孙演示','$argon2id$v=19$m=1024,t=1,p=1$jw7/v2wl32RpK+DELz3QoA$mYTiMn42zX47vHZmVROPNobaqPCEVFUwZXr3B4QaAtM','call-taker ruling-officer',1,0,0,'2026-11-26 20:39:23.828998',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('fc7ebc90520c4f3096841983f53e5277','900020','李演示','$argon2id$v=19$m=1024,t=1,p=1$A/NVoU+sFwquoQ9/WIHs+Q$5jgGT2NkfIJruZi2PdhHr+rsiNYb3Dn8R5MnEZXUIhc','supervisor',0,0,0,'2026-11-26 20:39:23.828998',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('516b6f5fb5e4435f8e1e011c4278deb3','900030','周演示','$argon2id$v=19$m=1024,t=1,p=1$/KF7BuEO/6fXxY5g0EDLtw$BK50MMHlDW2GCQz4Vvdv1yDXPqSwWjrSf6no4wfF6b8','trainer',0,0,0,'2026-11-26 20:39:23.828998',0,NULL,NULL,NULL,NULL);
INSERT INTO "accounts" VALUES('7eed48bad31b4ee6bcba4f70de10a22c','900040','吴演示','$argon2id$v=19$m=1024,t=1,p=1$EVJg9zYQ+0iPtxWPxRa9Mg$8zodE4ZzOD0I8M8+NMxV9utdj75PM+KKgmT2vvf4gtg','auditor',0,0,0,'2026-11-26 20:39:23.828998',0,NULL,NULL,NULL,NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0010');
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
INSERT INTO "answers" VALUES('link:23d78f43472d4f30bf83e308efd8d30d','6fa69627eddd4221bf4bc1f5e600daf1','9f6e1367c8d48690300468c334fca4f0cc31a203f411717ece8de4786a8cc883','2026-11-26 20:39:24.557366','{"call_id":"23cb04d061e148d5ba80f03f09124c0c","resume_token":"eed3b29b38d845d7ae608749c386a934"}');
INSERT INTO "answers" VALUES('5aba57dcaa0d49c0be7f6b61f9b7ca9e','1c1e1fdc1729405ba5044c086810d664','5f55ebf812e45f25d6c1df38bc22eba5af39d067f24026b802cf6a3253f1f46d','2026-11-26 20:39:24.664710','{"call_id":"23cb04d061e148d5ba80f03f09124c0c","incident_id":"92b9fdae0bc34e78aaa640a9865edcc7"}');
INSERT INTO "answers" VALUES('5aba57dcaa0d49c0be7f6b61f9b7ca9e','33ac32ed392e4d1a85b8da352982d3e6','fd269732e19176d4e9c6f15cd705e228b38450a5b9df997366e69f1e86ae9ade','2026-11-26 20:39:24.675418','');
INSERT INTO "answers" VALUES('link:23d78f43472d4f30bf83e308efd8d30d','2ff8c95fc0784474b76600f2c972803c','ae13bc93a46667882f1b1aa64a5b430de75a0252b9f6bf0ca432c026cc636297','2026-11-26 20:39:24.683914','');
INSERT INTO "answers" VALUES('5aba57dcaa0d49c0be7f6b61f9b7ca9e','1b82aad01aa54d21b3c674a46cacd869','ac407c30bad151742b1a7de1af7c7fce63262f74e3fc2e2b731439c54dcb716f','2026-11-26 20:39:24.693256','');
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
INSERT INTO "audit" VALUES(1,'2026-11-26 20:39:24.181121','5aba57dcaa0d49c0be7f6b61f9b7ca9e','call-taker ruling-officer','12cf16b0e467402cb632f336edcf08f3','07','127.0.0.1','72e6c4600d214edb94fe0687a0126c56','sessions-sign-in','','','','ok','','9778c19bf21a94deb9ae739310a1369c0a59dc8775ecc4361ea9d13a56fcc393');
INSERT INTO "audit" VALUES(2,'2026-11-26 20:39:24.457425','5aba57dcaa0d49c0be7f6b61f9b7ca9e','call-taker ruling-officer','12cf16b0e467402cb632f336edcf08f3','07','127.0.0.1','72e6c4600d214edb94fe0687a0126c56','links-create-link','','','','ok','9778c19bf21a94deb9ae739310a1369c0a59dc8775ecc4361ea9d13a56fcc393','4f05db90cfcf448f03073c80ae6100f05cc17b083ac22133b90c4f8c9dff1570');
INSERT INTO "audit" VALUES(3,'2026-11-26 20:39:24.513852','8ff394fbb0464700b2c9c866300effde','party','23d78f43472d4f30bf83e308efd8d30d','','127.0.0.1','72e6c4600d214edb94fe0687a0126c56','party-open-session','','','','ok','4f05db90cfcf448f03073c80ae6100f05cc17b083ac22133b90c4f8c9dff1570','f2f1eac28d28231313b4da73ad96c030b6b6044a84d70224f604137acabdb9ea');
INSERT INTO "audit" VALUES(4,'2026-11-26 20:39:24.557366','8ff394fbb0464700b2c9c866300effde','party','23d78f43472d4f30bf83e308efd8d30d','','127.0.0.1','72e6c4600d214edb94fe0687a0126c56','party-place-call','92b9fdae0bc34e78aaa640a9865edcc7','','','ok','f2f1eac28d28231313b4da73ad96c030b6b6044a84d70224f604137acabdb9ea','1ef3c79f15678b0a2781a7bd8e7bc99c5a43c0f7b158e45922be49838299480e');
INSERT INTO "audit" VALUES(5,'2026-11-26 20:39:24.664710','5aba57dcaa0d49c0be7f6b61f9b7ca9e','call-taker ruling-officer','12cf16b0e467402cb632f336edcf08f3','07','127.0.0.1','72e6c4600d214edb94fe0687a0126c56','calls-answer','92b9fdae0bc34e78aaa640a9865edcc7','call_id=23cb04d061e148d5ba80f03f09124c0c','','ok','1ef3c79f15678b0a2781a7bd8e7bc99c5a43c0f7b158e45922be49838299480e','585383367e69deb6baf1e887849f71688cb0593d0c0126f9adabdd7b52cc7480');
INSERT INTO "audit" VALUES(6,'2026-11-26 20:39:24.675418','5aba57dcaa0d49c0be7f6b61f9b7ca9e','call-taker ruling-officer','12cf16b0e467402cb632f336edcf08f3','07','127.0.0.1','72e6c4600d214edb94fe0687a0126c56','incidents-write-notes','92b9fdae0bc34e78aaa640a9865edcc7','','','ok','585383367e69deb6baf1e887849f71688cb0593d0c0126f9adabdd7b52cc7480','5dd2a0d874c04cbdf9d704555d1a54b72eec619f2114ebb8399861971465b60c');
INSERT INTO "audit" VALUES(7,'2026-11-26 20:39:24.683914','8ff394fbb0464700b2c9c866300effde','party','23d78f43472d4f30bf83e308efd8d30d','','127.0.0.1','72e6c4600d214edb94fe0687a0126c56','party-give-consent','92b9fdae0bc34e78aaa640a9865edcc7','','','ok','5dd2a0d874c04cbdf9d704555d1a54b72eec619f2114ebb8399861971465b60c','0c54911a7603cd563bf47b662011579adb6a8f12275dce9dd9a48dab6816a57c');
INSERT INTO "audit" VALUES(8,'2026-11-26 20:39:24.693256','5aba57dcaa0d49c0be7f6b61f9b7ca9e','call-taker ruling-officer','12cf16b0e467402cb632f336edcf08f3','07','127.0.0.1','72e6c4600d214edb94fe0687a0126c56','calls-hang-up','92b9fdae0bc34e78aaa640a9865edcc7','call_id=23cb04d061e148d5ba80f03f09124c0c','','ok','0c54911a7603cd563bf47b662011579adb6a8f12275dce9dd9a48dab6816a57c','1f97cf70660490aae1384b3b63b9f86c3fd8f1fcc38fd85c5ea60d67a839a7b8');
CREATE TABLE audit_anchors (
	place VARCHAR(8) NOT NULL, 
	number BIGINT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit_anchors PRIMARY KEY (place)
);
INSERT INTO "audit_anchors" VALUES('end',8,'1f97cf70660490aae1384b3b63b9f86c3fd8f1fcc38fd85c5ea60d67a839a7b8');
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
INSERT INTO "calls" VALUES('23cb04d061e148d5ba80f03f09124c0c','92b9fdae0bc34e78aaa640a9865edcc7','8ff394fbb0464700b2c9c866300effde','wrap-up',0,'2026-11-26 20:39:24.557366','2026-11-26 20:39:24.693256','07','eed3b29b38d845d7ae608749c386a934','{"id":"23cb04d061e148d5ba80f03f09124c0c","incident_id":"92b9fdae0bc34e78aaa640a9865edcc7","party_id":"8ff394fbb0464700b2c9c866300effde","source":"sms-link","placed_at":"2026-11-26T20:39:24.557366Z","state":"wrap-up","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":"07","answered_by":"5aba57dcaa0d49c0be7f6b61f9b7ca9e","answered_name":"钱演示","answered_at":"2026-11-26T20:39:24.664710Z","ended_at":null,"lost_since":null,"lost_s":0.0}');
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
INSERT INTO "incidents" VALUES('92b9fdae0bc34e78aaa640a9865edcc7','训练 T-2026-1127-0001','collecting',9,'2026-11-26 20:39:24.693256','{"id":"92b9fdae0bc34e78aaa640a9865edcc7","number":"训练 T-2026-1127-0001","training":true,"opened_at":"2026-11-26T20:39:24.557366Z","state":"collecting","form":"rear-end","occurred_at":null,"fix":null,"pin":null,"whereabouts":[],"road_text":"","landmark_text":"","notes":"写于 0010","parties":[{"id":"8ff394fbb0464700b2c9c866300effde","label":"甲","caller":true,"details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T20:39:24.683914Z","recorded_s":null}],"evacuated_at":null}],"facts":{},"local":{"rule":"training_town","name":"样例市（训练）","version":"2026-01-01","unmet":[],"open":["area","expressway","insurance","movable"]},"hurt_known_at":null,"settled_at":null,"officer_requested_by":[],"evidence":[],"documents":[],"verifications":[],"face_checks":[],"returned":null,"posts":{"hand_overs":[],"returns":[],"recusals":[],"general":null},"dispatch":null,"evacuation":null,"ruling":null,"determination":null,"messages":[],"deliveries":[],"recording":null,"recordings":[],"signing":null,"signatures":[],"version":9}');
CREATE TABLE journal (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	actor VARCHAR(64) NOT NULL, 
	incident_id VARCHAR(32) NOT NULL, 
	call_id VARCHAR(32), 
	event TEXT NOT NULL
);
INSERT INTO "journal" VALUES(1,'2026-11-26 20:39:24.557366','party','92b9fdae0bc34e78aaa640a9865edcc7',NULL,'{"incident_id":"92b9fdae0bc34e78aaa640a9865edcc7","number":"训练 T-2026-1127-0001","training":true,"type":"incident-opened"}');
INSERT INTO "journal" VALUES(2,'2026-11-26 20:39:24.557366','service','92b9fdae0bc34e78aaa640a9865edcc7',NULL,'{"finding":{"rule":"training_town","name":"样例市（训练）","version":"2026-01-01","unmet":[],"open":["area","expressway","insurance","movable"]},"type":"local-rule-applied"}');
INSERT INTO "journal" VALUES(3,'2026-11-26 20:39:24.557366','party','92b9fdae0bc34e78aaa640a9865edcc7',NULL,'{"party":{"id":"8ff394fbb0464700b2c9c866300effde","label":"甲","caller":true,"details":{"name":"","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"consents":[],"evacuated_at":null},"type":"party-joined"}');
INSERT INTO "journal" VALUES(4,'2026-11-26 20:39:24.557366','party','92b9fdae0bc34e78aaa640a9865edcc7',NULL,'{"party_id":"8ff394fbb0464700b2c9c866300effde","details":{"name":"示例安","phone":"10012345678","id_number":"","plate":"","plate_kind":"","vehicle_type":"","vehicle_colour":"","insurer":"","policy_number":"","collision_part":"","driving_state":"","statement":""},"type":"party-details-stated"}');
INSERT INTO "journal" VALUES(5,'2026-11-26 20:39:24.557366','party','92b9fdae0bc34e78aaa640a9865edcc7','23cb04d061e148d5ba80f03f09124c0c','{"call":{"id":"23cb04d061e148d5ba80f03f09124c0c","incident_id":"92b9fdae0bc34e78aaa640a9865edcc7","party_id":"8ff394fbb0464700b2c9c866300effde","source":"sms-link","placed_at":"2026-11-26T20:39:24.557366Z","state":"waiting","hurt_reported":false,"place_hint":"","ringing_seat":null,"ringing_since":null,"seat":null,"answered_by":null,"answered_name":"","answered_at":null,"ended_at":null,"lost_since":null,"lost_s":0.0},"type":"call-placed"}');
INSERT INTO "journal" VALUES(6,'2026-11-26 20:39:24.664710','5aba57dcaa0d49c0be7f6b61f9b7ca9e','92b9fdae0bc34e78aaa640a9865edcc7','23cb04d061e148d5ba80f03f09124c0c','{"seat":"07","user_id":"5aba57dcaa0d49c0be7f6b61f9b7ca9e","user_name":"钱演示","type":"call-answered"}');
INSERT INTO "journal" VALUES(7,'2026-11-26 20:39:24.675418','5aba57dcaa0d49c0be7f6b61f9b7ca9e','92b9fdae0bc34e78aaa640a9865edcc7',NULL,'{"text":"写于 0010","type":"notes-written"}');
INSERT INTO "journal" VALUES(8,'2026-11-26 20:39:24.683914','party','92b9fdae0bc34e78aaa640a9865edcc7',NULL,'{"party_id":"8ff394fbb0464700b2c9c866300effde","consent":{"item":"e-service","given":true,"wording":"v1","way":"page","at":"2026-11-26T20:39:24.683914Z","recorded_s":null},"type":"consent-recorded"}');
INSERT INTO "journal" VALUES(9,'2026-11-26 20:39:24.693256','5aba57dcaa0d49c0be7f6b61f9b7ca9e','92b9fdae0bc34e78aaa640a9865edcc7','23cb04d061e148d5ba80f03f09124c0c','{"by":"desk","type":"call-hung-up"}');
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
INSERT INTO "links" VALUES('23d78f43472d4f30bf83e308efd8d30d','f0cd3c7617a77881097f40c229fba44b4d79900166b706902d702f5b455aa429','10012345678','sms-link','92b9fdae0bc34e78aaa640a9865edcc7','8ff394fbb0464700b2c9c866300effde','2026-11-26 22:39:24.457425','9e3bbd2972257a9bae056ddb38417259744a9dc050e88b7068193665a3736e38','2026-11-26 20:39:24.510458');
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
INSERT INTO "seats" VALUES('07','5aba57dcaa0d49c0be7f6b61f9b7ca9e','break','','2026-11-26 20:39:24.154312');
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
INSERT INTO "sessions" VALUES('12cf16b0e467402cb632f336edcf08f3','5aba57dcaa0d49c0be7f6b61f9b7ca9e','07','ade21722fd8e490f56a0472e6a2a60bfde9db4783197ef3e3b9a2efa9344aced','2026-11-26 20:54:24.154312','cf735bfe042f12bd46af43a1865eac5ad99aba6a3add20367a6c9a919fdb9e2a',NULL,'2026-11-26 20:39:24.154312','2026-11-27 08:39:24.154312');
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',9);
COMMIT;
