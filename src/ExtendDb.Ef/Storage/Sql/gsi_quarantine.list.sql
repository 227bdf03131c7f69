-- The quarantined entries of some indexes, each with its item if the item exists.
-- $1 indexes, $2 limit. Order: index, partition hash, sort key. Indexes pk_gsi_quarantine; pk_items, once for each entry.
-- Locks nothing.
SELECT q.index_id, q.sqlstate, q.message, q.attempts, q.first_failed_at, q.last_failed_at, i.document
FROM extenddb.gsi_quarantine AS q
LEFT JOIN LATERAL (
    SELECT document
    FROM extenddb.items
    WHERE table_id = q.table_id AND partition_hash = q.partition_hash AND sort_key = q.sort_key
    OFFSET 0
) AS i ON true
WHERE q.index_id = ANY ($1::int[])
ORDER BY q.index_id, q.partition_hash, q.sort_key
LIMIT $2
