-- What an officer last saw of a dossier that he decides on. A matter of this desk; never sent.
CREATE TABLE looked (
  officer TEXT NOT NULL,
  dossier TEXT NOT NULL,
  shown   BLOB NOT NULL,
  steps   BIGINT NOT NULL,
  at_ms   BIGINT NOT NULL,
  PRIMARY KEY (officer, dossier)
);
