-- Deletes the quarantine of some indexes, whose entries stay unchanged. $1 indexes. Index pk_gsi_quarantine. Locks those
-- rows.
DELETE FROM extenddb.gsi_quarantine WHERE index_id = ANY ($1::int[])
