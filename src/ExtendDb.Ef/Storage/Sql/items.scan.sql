-- A run of items of a table.
-- $1 table, $2 and $3 partition hash and sort key to start at, $4 last partition hash, $5 how many; $6 leaves out what
-- comes after the first item that exceeds that many bytes in all.
-- Order: partition hash, sort key. Index pk_items. Locks nothing.
SELECT document, size_bytes, partition_hash, sort_key
FROM (
    SELECT document, size_bytes, partition_hash, sort_key,
           sum(size_bytes) OVER so_far - size_bytes AS bytes_before
    FROM extenddb.items
    WHERE table_id = $1 AND (partition_hash, sort_key) >= ($2, $3) AND partition_hash <= $4
    WINDOW so_far AS (ORDER BY partition_hash, sort_key ROWS UNBOUNDED PRECEDING)
    ORDER BY partition_hash, sort_key
    LIMIT $5
) AS run
WHERE bytes_before <= $6
ORDER BY partition_hash, sort_key
