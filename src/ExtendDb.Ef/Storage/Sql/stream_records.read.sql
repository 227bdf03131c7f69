-- The records of a shard behind a number, in order.
-- $1 stream, $2 shard, $3 number, $4 most records, $5 most bytes; one record at least, whatever its size.
-- Index pk_stream_records. Locks nothing.
SELECT number, event_name, is_expiry, created_at, size_bytes, keys, old_image, new_image
FROM (
    SELECT *, sum(size_bytes) OVER (ORDER BY number) AS bytes
    FROM (
        SELECT *
        FROM extenddb.stream_records
        WHERE stream_id = $1 AND shard = $2 AND number > $3
        ORDER BY number
        LIMIT $4
    ) AS r
) AS r
WHERE bytes <= $5 OR bytes = size_bytes
ORDER BY number
