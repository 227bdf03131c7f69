-- Lets an ENABLING stream begin: the records that were written until now never get a number. Every id up to that of the sequence
-- has been drawn, last_value itself once is_called; a record that is drawn later is of a writer that knows the stream, as is every
-- later one of its item.
-- $1 stream. Indexes pk_streams, pk_tables, pk_stream_shards. Locks the rows of the stream, its table and its shards.
WITH stream AS (
    UPDATE extenddb.streams SET status = 'ENABLED' WHERE id = $1 AND status = 'ENABLING' RETURNING id, table_id
),
tabled AS (
    UPDATE extenddb.tables SET stream_status = 'ENABLED' WHERE id = (SELECT table_id FROM stream) AND stream_id = $1
)
UPDATE extenddb.stream_shards
SET done_id = (SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM extenddb.stream_pending_id_seq)
WHERE stream_id = (SELECT id FROM stream)
