-- The shards in which a consumer has records to handle, the one that lags most first; not those of a stream before whose end
-- it is not in an older stream of the table.
-- $1 consumer. Returns each shard, whether records wait for their numbers there, and since when the oldest record waits to be
-- handled, null when that is one without a number. Indexes pk_stream_consumer_shards, pk_stream_shards, pk_stream_records and
-- pk_stream_pending: one probe a shard. Locks nothing.
WITH place AS MATERIALIZED (
    SELECT p.stream_id, p.shard, p.number, p.next_attempt_at, s.last_number, s.done_id, d.status
    FROM extenddb.stream_consumer_shards AS p
    CROSS JOIN LATERAL (
        SELECT last_number, done_id FROM extenddb.stream_shards WHERE stream_id = p.stream_id AND shard = p.shard OFFSET 0
    ) AS s
    CROSS JOIN LATERAL (SELECT status FROM extenddb.streams WHERE id = p.stream_id OFFSET 0) AS d
    WHERE p.consumer = $1
)
SELECT p.stream_id, p.shard, w.created_at IS NOT NULL, r.created_at
FROM place AS p
LEFT JOIN LATERAL (
    SELECT created_at
    FROM extenddb.stream_records
    WHERE stream_id = p.stream_id AND shard = p.shard AND number > p.number
    ORDER BY stream_id, shard, number
    LIMIT 1
) AS r ON true
LEFT JOIN LATERAL (
    SELECT created_at
    FROM extenddb.stream_pending
    WHERE stream_id = p.stream_id AND shard = p.shard AND id > p.done_id
    ORDER BY stream_id, shard, id
    LIMIT 1
) AS w ON true
WHERE (r.created_at IS NOT NULL OR w.created_at IS NOT NULL OR p.number < p.last_number)
  AND (p.next_attempt_at IS NULL OR p.next_attempt_at <= clock_timestamp())
  AND NOT EXISTS (
    SELECT
    FROM place AS older
    WHERE older.stream_id < p.stream_id AND (older.status <> 'DISABLED' OR older.number < older.last_number))
ORDER BY coalesce(r.created_at, w.created_at) NULLS FIRST
