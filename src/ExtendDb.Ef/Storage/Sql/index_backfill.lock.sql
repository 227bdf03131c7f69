-- Takes the turn to continue the walk for an index. Returns the phase and, when it is WALKING, the first key that the walk
-- has
-- not passed; a backfill that is WAITING starts with the first key of the table.
-- $1 index. Index pk_secondary_indexes. Locks the row, and skips it when another process has the turn. No row: another
-- process
-- has the turn, or the walk has ended.
SELECT backfill_phase, backfill_hash, backfill_sort
FROM extenddb.secondary_indexes
WHERE id = $1 AND backfill_phase IN ('WAITING', 'WALKING')
FOR UPDATE SKIP LOCKED
