-- How far each index that is CREATING has come: whether the walk over the items has begun, and the partition hash at which
-- it goes on, null when it has ended. Hashes are spread evenly, so that tells how much is behind it.
-- Takes nothing. Locks nothing.
SELECT id, backfilled_at IS NOT NULL, backfill_hash
FROM extenddb.secondary_indexes
WHERE status = 'CREATING'
