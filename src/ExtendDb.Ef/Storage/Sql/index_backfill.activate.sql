-- Makes an index ACTIVE whose backfill is DRAINING, after index_backfill.is_applied.sql was true, which then stays true.
-- $1 index. Index pk_secondary_indexes. Locks the row.
UPDATE extenddb.secondary_indexes
SET status = 'ACTIVE', backfill_phase = 'NONE', backfilled_at = NULL
WHERE id = $1 AND backfill_phase = 'DRAINING'
