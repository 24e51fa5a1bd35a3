-- Counting and walking lists over narrow indexes: all of a large desk's fit in the page cache. The
-- row's number, which every index ends with, settles ties instead of the long id.

DROP INDEX dossier_order;
DROP INDEX dossier_owner;
DROP INDEX dossier_stage;  -- dossier_by_step does its work.
DROP INDEX dossier_unsent;
DROP INDEX dossier_conflicts;
DROP INDEX dossier_set_aside;
CREATE INDEX dossier_by_due ON dossier (due_order, received_at, state);
CREATE INDEX dossier_by_owner ON dossier (owner, due_order, received_at, state);
CREATE INDEX dossier_owner_state ON dossier (owner, state);
CREATE INDEX dossier_state_due ON dossier (state, due_order);
CREATE INDEX dossier_unsent ON dossier (due_order, received_at, state, code) WHERE unsent > 0;
CREATE INDEX dossier_conflicts ON dossier (due_order, received_at, state) WHERE conflicts > 0;
CREATE INDEX dossier_set_aside ON dossier (due_order, received_at) WHERE set_aside > 0;
