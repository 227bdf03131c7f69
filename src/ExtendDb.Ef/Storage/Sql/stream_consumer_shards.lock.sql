-- Takes the turn of a consumer in a shard; no row when another transaction has it, or the next try is not due.
-- $1 consumer, $2 stream, $3 shard. Index pk_stream_consumer_shards. Locks the row until the end of the transaction.
SELECT number, attempts
FROM extenddb.stream_consumer_shards
WHERE consumer = $1 AND stream_id = $2 AND shard = $3 AND (next_attempt_at IS NULL OR next_attempt_at <= clock_timestamp())
FOR UPDATE SKIP LOCKED
