-- The province's log from where it is not the one here any more, as far as it has come. It takes the
-- place of that one when all of it is there (sync/engine/other_log.h).
CREATE TABLE other_log (
  position INTEGER PRIMARY KEY,
  entry    BLOB NOT NULL,
  hash     BLOB NOT NULL
);
