-- How far the backfill of an index has come: whether the walk over the items has begun, and whether it has ended.
-- No row when the index is not CREATING (any more). $1 index. Index pk_secondary_indexes. Locks nothing.
SELECT backfilled_at IS NOT NULL, backfilled_at IS NOT NULL AND backfill_hash IS NULL
FROM extenddb.secondary_indexes
WHERE id = $1 AND status = 'CREATING'
