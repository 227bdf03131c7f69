-- Sets a record aside, with a copy, in the transaction that moves the consumer behind it.
-- $1 consumer, $2 stream, $3 shard, $4 number, $5 the error, $6 the pause until the next try. Index pk_stream_records.
INSERT INTO extenddb.stream_set_aside
    (consumer, stream_id, shard, number, attempts, next_attempt_at, error,
     event_name, is_expiry, created_at, size_bytes, keys, old_image, new_image)
SELECT $1, stream_id, shard, number, 0, clock_timestamp() + $6::interval, $5,
       event_name, is_expiry, created_at, size_bytes, keys, old_image, new_image
FROM extenddb.stream_records
WHERE stream_id = $2 AND shard = $3 AND number = $4
