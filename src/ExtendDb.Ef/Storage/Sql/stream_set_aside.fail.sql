-- Notes a failed try of a record that is set aside, in a transaction of its own.
-- $1 consumer, $2 stream, $3 shard, $4 number, $5 the error, $6 the pause until the next try. Index pk_stream_set_aside.
UPDATE extenddb.stream_set_aside
SET attempts = attempts + 1, error = $5, next_attempt_at = clock_timestamp() + $6::interval
WHERE consumer = $1 AND stream_id = $2 AND shard = $3 AND number = $4
