-- What officers have typed and not yet made a change of. Encrypted like everything here; never sent.
CREATE TABLE draft (
  key     TEXT PRIMARY KEY NOT NULL,  -- "intake:<uuid>" or "edit:<dossier>".
  officer TEXT NOT NULL,
  content BLOB NOT NULL,
  at_ms   BIGINT NOT NULL
);
CREATE INDEX draft_officer ON draft (officer, at_ms);
