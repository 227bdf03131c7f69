-- The progress of each index that is being filled: the phase, and the partition hash of the first key that a WALKING
-- backfill
-- has not passed. Hashes are spread evenly, so the hash is a measure of the share of passed items.
-- Takes nothing. Locks nothing.
SELECT id, backfill_phase, backfill_hash
FROM extenddb.secondary_indexes
WHERE backfill_phase <> 'NONE'
