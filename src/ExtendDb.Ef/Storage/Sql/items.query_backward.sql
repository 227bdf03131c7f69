-- A run of items of one partition, descending.
-- $1 table, $2 partition hash, $3 lowest sort key, $4 first sort key above the range, $5 slot, $6 how many; $7 leaves out what
-- comes after the first item that exceeds that many bytes in all.
-- Order: sort key, descending. Index pk_items. Locks nothing.
SELECT document, size_bytes, partition_hash, sort_key
FROM (
    SELECT document, size_bytes, partition_hash, sort_key,
           sum(size_bytes) OVER so_far - size_bytes AS bytes_before
    FROM extenddb.items
    WHERE slot = $5 AND table_id = $1 AND partition_hash = $2 AND sort_key >= $3 AND sort_key < $4
    WINDOW so_far AS (ORDER BY sort_key DESC ROWS UNBOUNDED PRECEDING)
    ORDER BY sort_key DESC
    LIMIT $6
) AS run
WHERE bytes_before <= $7
ORDER BY sort_key DESC
