-- When the log of a unit went on after entries had been lost; 0: never.
ALTER TABLE unit_head ADD COLUMN restored_ms BIGINT NOT NULL DEFAULT 0;
