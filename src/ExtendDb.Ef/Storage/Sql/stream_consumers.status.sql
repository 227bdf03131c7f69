-- All consumers with their places. Order: consumer, stream, shard. Reads all places; indexes pk_stream_shards, pk_stream_records and
-- pk_stream_pending: one probe a shard. Locks nothing.
-- Returns for each place the oldest record that is to be handled, the error of the last try, whether the shard is stopped, and how
-- many records of the consumer are set aside.
SELECT c.name, c.table_name, d.label, d.created_at, p.shard, p.number, s.last_number, p.attempts, p.error,
       coalesce(p.next_attempt_at = 'infinity', false), coalesce(r.created_at, w.created_at), a.records
FROM extenddb.stream_consumers AS c
CROSS JOIN LATERAL (SELECT count(*) AS records FROM extenddb.stream_set_aside WHERE consumer = c.name) AS a
LEFT JOIN extenddb.stream_consumer_shards AS p ON p.consumer = c.name
LEFT JOIN extenddb.streams AS d ON d.id = p.stream_id
LEFT JOIN extenddb.stream_shards AS s ON s.stream_id = p.stream_id AND s.shard = p.shard
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
    WHERE stream_id = p.stream_id AND shard = p.shard AND id > s.done_id
    ORDER BY stream_id, shard, id
    LIMIT 1
) AS w ON true
ORDER BY c.name, p.stream_id, p.shard
