-- Lists in any order an officer chooses. Every index holds only what it sorts by: the row's number,
-- which every index ends with, settles ties.

ALTER TABLE dossier ADD COLUMN applicant_key BLOB NOT NULL DEFAULT '';  -- Of name_sort_key().
ALTER TABLE dossier ADD COLUMN sheet TEXT NOT NULL DEFAULT '';
ALTER TABLE dossier ADD COLUMN parcel TEXT NOT NULL DEFAULT '';
UPDATE dossier SET applicant_key = name_sort_key(applicant),
  sheet = (SELECT register_in(shown, 'field.parcel.sheet') FROM dossier_state s
           WHERE s.id = dossier.id),
  parcel = (SELECT register_in(shown, 'field.parcel.number') FROM dossier_state s
            WHERE s.id = dossier.id);

CREATE INDEX dossier_by_code ON dossier (CASE code WHEN '' THEN provisional_code ELSE code END);
CREATE INDEX dossier_by_applicant ON dossier (applicant_key);
CREATE INDEX dossier_by_step ON dossier (state, stage);
CREATE INDEX dossier_by_signs
  ON dossier (-4 * (conflicts > 0) - 2 * (set_aside > 0) - (unsent > 0));
CREATE INDEX dossier_by_procedure ON dossier (procedure);
CREATE INDEX dossier_by_assignee ON dossier (assignee);
CREATE INDEX dossier_by_received ON dossier (received_at);
CREATE INDEX dossier_by_parcel
  ON dossier (CAST(sheet AS INTEGER), sheet, CAST(parcel AS INTEGER), parcel);
