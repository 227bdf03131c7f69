-- Deletes records of a shard that never get a number: those that were written before their stream was ENABLED.
-- $1 stream, $2 shard, $3 the most that are deleted. Returns the number of deleted records.
-- Indexes pk_stream_shards, pk_stream_pending. Locks the deleted rows, which nobody else uses.
DELETE FROM extenddb.stream_pending
WHERE ctid = ANY (ARRAY(
    SELECT p.place
    FROM extenddb.stream_shards AS s
    CROSS JOIN LATERAL (
        SELECT ctid AS place
        FROM extenddb.stream_pending
        WHERE stream_id = s.stream_id AND shard = s.shard AND id <= s.done_id
        ORDER BY stream_id, shard, id
        LIMIT $3
    ) AS p
    -- Not while the stream is ENABLING: a record that this statement sees could be one of those that count.
    WHERE s.stream_id = $1 AND s.shard = $2 AND s.done_id < 9223372036854775807))
