-- The desk's replica. Octets are bound as text, so BLOB columns keep them as they are.
-- INTEGER PRIMARY KEY is the row's own number (64 bits); every other integer is a BIGINT.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY NOT NULL,
  value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE log_entry (
  position INTEGER PRIMARY KEY,
  dossier  TEXT NOT NULL,
  entry    BLOB NOT NULL,
  hash     BLOB NOT NULL
);
CREATE INDEX log_entry_dossier ON log_entry (dossier, position);

-- Narrow on purpose: lists and searches over all dossiers stay in the page cache.
CREATE TABLE dossier (
  number           INTEGER PRIMARY KEY,
  id               TEXT NOT NULL UNIQUE,
  code             TEXT NOT NULL,
  provisional_code TEXT NOT NULL,
  applicant        TEXT NOT NULL,
  procedure        TEXT NOT NULL,
  assignee         TEXT NOT NULL,
  receiver         TEXT NOT NULL,
  owner            TEXT NOT NULL,  -- The assignee, or the receiver while there is none.
  received_at      TEXT NOT NULL,
  state            BIGINT NOT NULL,
  stage            TEXT NOT NULL,
  due              TEXT NOT NULL,
  due_order        TEXT NOT NULL,  -- due, or '~', which sorts after every date.
  unsent           BIGINT NOT NULL,
  conflicts        BIGINT NOT NULL,
  set_aside        BIGINT NOT NULL
);
CREATE INDEX dossier_order ON dossier (due_order, received_at, id, state);
CREATE INDEX dossier_owner ON dossier (owner, due_order, received_at, id, state);
CREATE INDEX dossier_code ON dossier (code);
CREATE INDEX dossier_provisional_code ON dossier (provisional_code);
CREATE INDEX dossier_stage ON dossier (stage, state);
CREATE INDEX dossier_unsent ON dossier (due_order, received_at, id) WHERE unsent > 0;
CREATE INDEX dossier_conflicts ON dossier (due_order, received_at, id) WHERE conflicts > 0;
CREATE INDEX dossier_set_aside ON dossier (due_order, received_at, id) WHERE set_aside > 0;

CREATE TABLE dossier_state (
  id        TEXT PRIMARY KEY NOT NULL,
  digest    BLOB,  -- Of confirmed; both are NULL while the dossier is only in the outbox.
  confirmed BLOB,
  shown     BLOB NOT NULL
);
-- Holds all that comparing replicas reads, so that no state is touched for it.
CREATE INDEX dossier_state_digest ON dossier_state (id, digest) WHERE digest IS NOT NULL;

CREATE TABLE outbox (
  sequence INTEGER PRIMARY KEY,
  dossier  TEXT NOT NULL,
  change   BLOB NOT NULL,
  chain    BLOB NOT NULL,
  at_ms    BIGINT NOT NULL,
  sent     BIGINT NOT NULL
);
CREATE INDEX outbox_dossier ON outbox (dossier, sequence);

-- One row: the last change ever made here, also when the outbox is empty again.
CREATE TABLE outbox_last (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  sequence BIGINT NOT NULL,
  dossier  TEXT NOT NULL,
  chain    BLOB NOT NULL,
  at_ms    BIGINT NOT NULL
);

CREATE TABLE receipt (
  number  INTEGER PRIMARY KEY,
  at_ms   BIGINT NOT NULL,
  receipt BLOB NOT NULL
);

-- rowid = dossier.number. The words arrive folded, those with marks a second time as written, and
-- split by our own rules; the tokenizer only cuts at the spaces between them. Neither the text nor
-- the places of words in it are kept: whether a dossier has a word is all that is asked. Starts of
-- words are indexed up to the length of nearly every Vietnamese syllable, so that what every dossier
-- has ("thôn", "cấp") is found as fast as what one has.
CREATE VIRTUAL TABLE dossier_text USING fts5(
  words, content='', contentless_delete=1, detail=none, prefix='1 2 3 4 5 6', tokenize='ascii'
);
