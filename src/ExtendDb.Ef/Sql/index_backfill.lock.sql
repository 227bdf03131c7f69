-- Takes the turn to walk on for an index, and tells where: the first key that has not been walked over; null at the start.
-- $1 index. Index pk_secondary_indexes. Locks the row, and skips it when another process has the turn: then no row, as when
-- the walk has ended.
SELECT backfill_hash, backfill_sort
FROM extenddb.secondary_indexes
WHERE id = $1 AND status = 'CREATING' AND (backfilled_at IS NULL OR backfill_hash IS NOT NULL)
FOR UPDATE SKIP LOCKED
