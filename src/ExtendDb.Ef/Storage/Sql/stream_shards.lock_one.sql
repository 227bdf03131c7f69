-- Takes the turn for one shard, and waits for the present holder; the numbers are given in a later statement.
-- $1 stream, $2 shard. Index pk_stream_shards. Locks the row until the end of the transaction.
SELECT stream_id, shard FROM extenddb.stream_shards WHERE stream_id = $1 AND shard = $2 FOR UPDATE
