-- The state of a shard: its numbers, whether records wait for theirs which this session may give them, and the state of its stream.
-- $1 stream, $2 shard. No row when there is none. Indexes pk_streams, pk_stream_shards, pk_stream_pending: one probe each. Locks
-- nothing.
SELECT d.table_name, d.view_type, d.status, d.created_at, s.last_number, s.trimmed_number,
       has_table_privilege('extenddb.stream_shards', 'UPDATE') AND NOT pg_is_in_recovery() AND (
           SELECT p.id
           FROM extenddb.stream_pending AS p
           WHERE p.stream_id = s.stream_id AND p.shard = s.shard AND p.id > s.done_id
           ORDER BY p.stream_id, p.shard, p.id
           LIMIT 1) IS NOT NULL
FROM extenddb.streams AS d
JOIN extenddb.stream_shards AS s ON s.stream_id = d.id
WHERE d.id = $1 AND s.shard = $2
