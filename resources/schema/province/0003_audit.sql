-- What lets everything that the province holds be checked afterwards.

-- The head of every batch: the desk's word for its chain and the province's own for its log.
CREATE TABLE batch (
  unit      TEXT NOT NULL,
  position  BIGINT NOT NULL,
  replica   TEXT NOT NULL,
  signature TEXT NOT NULL,
  receipt   TEXT NOT NULL,
  PRIMARY KEY (unit, position)
);

-- One chained, signed line for every writing of a row that no log explains.
CREATE TABLE ledger (
  number BIGINT PRIMARY KEY NOT NULL,
  name   TEXT NOT NULL,
  key    TEXT NOT NULL,
  digest TEXT NOT NULL,
  hash   TEXT NOT NULL,
  seal   TEXT NOT NULL
);

-- One row: where the ledger ends.
CREATE TABLE ledger_head (
  one    BIGINT PRIMARY KEY NOT NULL CHECK (one = 1),
  number BIGINT NOT NULL,
  hash   TEXT NOT NULL
);
