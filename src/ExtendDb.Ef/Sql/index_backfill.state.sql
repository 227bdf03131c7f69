-- How far the backfill of an index has come: the longest time for which a process may not know the index, whether the walk
-- over the items has begun, and whether it has ended. No row when the index is not CREATING (any more).
-- $1 index. Index pk_secondary_indexes. Locks nothing.
SELECT s.longest_poll_ms, i.backfill_hash IS NOT NULL, i.backfilled_at IS NOT NULL
FROM extenddb.secondary_indexes AS i
CROSS JOIN extenddb.catalog_state AS s
WHERE i.id = $1 AND i.status = 'CREATING'
