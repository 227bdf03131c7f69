-- The phase of the backfill of an index. No row when the index is gone.
-- $1 index. Index pk_secondary_indexes. Locks nothing.
SELECT backfill_phase
FROM extenddb.secondary_indexes
WHERE id = $1
