-- Makes an index ACTIVE that is CREATING, once index_backfill.is_applied.sql has said so: what it says stays true.
-- $1 index. Index pk_secondary_indexes. Locks the row.
UPDATE extenddb.secondary_indexes
SET status = 'ACTIVE'
WHERE id = $1 AND status = 'CREATING'
