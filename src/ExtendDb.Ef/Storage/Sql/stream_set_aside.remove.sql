-- Removes a record that was handled after all, in the transaction of its effect.
-- $1 consumer, $2 stream, $3 shard, $4 number. Index pk_stream_set_aside.
DELETE FROM extenddb.stream_set_aside WHERE consumer = $1 AND stream_id = $2 AND shard = $3 AND number = $4
