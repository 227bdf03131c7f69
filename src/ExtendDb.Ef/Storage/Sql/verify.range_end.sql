-- The end of a range of keys to be compared: the first key after a number of items, or of entries; null for the last range.
-- No row: the index need not agree with its items, because it is being filled or was removed.
-- $1 table, $2 index, $3 and $4 partition hash and sort key of the first key, $5 the number of items or entries.
-- Indexes pk_secondary_indexes, pk_items, pk_index_entries. Locks nothing. To be run in the snapshot of verify.compare.sql.
SELECT ends.partition_hash, ends.sort_key
FROM extenddb.secondary_indexes AS i
LEFT JOIN LATERAL (
    SELECT e.partition_hash, e.sort_key
    FROM (
        (SELECT partition_hash, sort_key
         FROM extenddb.items
         WHERE table_id = $1 AND (partition_hash, sort_key) >= ($3, $4)
         ORDER BY partition_hash, sort_key
         OFFSET $5 LIMIT 1)
        UNION ALL
        (SELECT partition_hash, sort_key
         FROM extenddb.index_entries
         WHERE index_id = $2 AND (partition_hash, sort_key) >= ($3, $4)
         ORDER BY partition_hash, sort_key
         OFFSET $5 LIMIT 1)
    ) AS e
    ORDER BY e.partition_hash, e.sort_key
    LIMIT 1
) AS ends ON true
WHERE i.id = $2 AND i.status = 'ACTIVE'
