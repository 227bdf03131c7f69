-- All streams with their shards: how many records each holds, the age of the oldest, and whether one waits for its number.
-- $1 the name of a table, null for all. Order: table, label, shard. Reads all streams; indexes pk_stream_shards, pk_stream_records
-- and pk_stream_pending: one probe a shard. Locks nothing.
SELECT d.id, d.table_name, d.label, d.view_type, d.status, d.key_schema::text, d.created_at, s.shard, s.last_number,
       s.trimmed_number, s.size_bytes, o.created_at, w.created_at
FROM extenddb.streams AS d
JOIN extenddb.stream_shards AS s ON s.stream_id = d.id
LEFT JOIN LATERAL (
    SELECT created_at
    FROM extenddb.stream_records
    WHERE stream_id = s.stream_id AND shard = s.shard AND number > s.trimmed_number
    ORDER BY number
    LIMIT 1
) AS o ON true
LEFT JOIN LATERAL (
    SELECT created_at
    FROM extenddb.stream_pending
    WHERE stream_id = s.stream_id AND shard = s.shard AND id > s.done_id
    ORDER BY id
    LIMIT 1
) AS w ON true
WHERE $1::text IS NULL OR d.table_name = $1
ORDER BY d.table_name, d.label, s.shard
