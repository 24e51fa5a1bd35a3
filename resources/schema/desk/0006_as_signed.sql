-- What a change said when its author made it, while it waits under a number of its own beyond the log
-- (sync/engine/rejoin.h); empty otherwise.
ALTER TABLE outbox ADD COLUMN made BLOB NOT NULL DEFAULT x'';
