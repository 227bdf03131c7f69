-- How far each index that is being filled has come: the phase, and the partition hash of the first key that the walk of a
-- WALKING backfill has not passed. Hashes are spread evenly, so the hash tells the share of the items that the walk has passed.
-- Takes nothing. Locks nothing.
SELECT id, backfill_phase, backfill_hash
FROM extenddb.secondary_indexes
WHERE backfill_phase <> 'NONE'
