-- The quarantined entries of some indexes, each with its item if the item exists.
-- $1 indexes, $2 limit. Order: index, partition hash, sort key. Indexes pk_gsi_quarantine, pk_items. Locks nothing.
SELECT q.index_id, q.sqlstate, q.message, q.attempts, q.first_failed_at, q.last_failed_at, i.document
FROM extenddb.gsi_quarantine AS q
LEFT JOIN extenddb.items AS i
    ON i.table_id = q.table_id AND i.partition_hash = q.partition_hash AND i.sort_key = q.sort_key
WHERE q.index_id = ANY ($1::int[])
ORDER BY q.index_id, q.partition_hash, q.sort_key
LIMIT $2
