-- The province's tables, for SQLite and PostgreSQL alike. Octets are base64 in TEXT, truth values
-- are 0 or 1, every integer is a BIGINT: one SQL for both.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
);

CREATE TABLE unit_head (
  unit     TEXT PRIMARY KEY NOT NULL,
  epoch    TEXT NOT NULL,
  position BIGINT NOT NULL,
  hash     TEXT NOT NULL
);

CREATE TABLE log_entry (
  unit     TEXT NOT NULL,
  position BIGINT NOT NULL,
  dossier  TEXT NOT NULL,
  entry    TEXT NOT NULL,
  hash     TEXT NOT NULL,
  PRIMARY KEY (unit, position)
);

CREATE TABLE dossier_state (
  unit    TEXT NOT NULL,
  dossier TEXT NOT NULL,
  digest  TEXT NOT NULL,
  state   TEXT NOT NULL,
  PRIMARY KEY (unit, dossier)
);
CREATE INDEX dossier_state_digest ON dossier_state (unit, dossier, digest);

CREATE TABLE code_number (
  org    TEXT NOT NULL,
  day    TEXT NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (org, day)
);

CREATE TABLE officer (
  id     TEXT PRIMARY KEY NOT NULL,
  name   TEXT NOT NULL,
  unit   TEXT NOT NULL,
  role   TEXT NOT NULL,
  active BIGINT NOT NULL
);

CREATE TABLE device (
  replica          TEXT PRIMARY KEY NOT NULL,
  unit             TEXT NOT NULL,
  certificate      TEXT NOT NULL,
  next_certificate TEXT NOT NULL,
  signing_key      TEXT NOT NULL,
  revoked          BIGINT NOT NULL,
  accepted_through BIGINT NOT NULL,
  chain            TEXT NOT NULL,
  share            TEXT NOT NULL
);
-- One certificate speaks for one desk.
CREATE UNIQUE INDEX device_certificate ON device (certificate) WHERE certificate <> '';
CREATE UNIQUE INDEX device_next ON device (next_certificate) WHERE next_certificate <> '';

CREATE TABLE device_officer (
  replica     TEXT NOT NULL,
  officer     TEXT NOT NULL,
  signing_key TEXT NOT NULL,
  PRIMARY KEY (replica, officer, signing_key)
);

CREATE TABLE enrolment (
  certificate TEXT PRIMARY KEY NOT NULL,
  officer     TEXT NOT NULL,
  unit        TEXT NOT NULL,
  expires_ms  BIGINT NOT NULL,
  used        BIGINT NOT NULL,
  replica     TEXT NOT NULL,
  answer      TEXT NOT NULL
);
