-- The quarantined entries of some indexes. $1 indexes, $2 limit.
-- Order: index, partition hash, sort key. Index pk_gsi_quarantine. Locks nothing.
SELECT index_id, sqlstate, message, attempts, first_failed_at, last_failed_at, table_id, partition_hash, sort_key
FROM extenddb.gsi_quarantine
WHERE index_id = ANY ($1::int[])
ORDER BY index_id, partition_hash, sort_key
LIMIT $2
