-- Adds the records of changes to the streams of their tables, in the transaction of the changes and behind them: the ids of one
-- item's records are drawn under its lock. A change of a table that does not have the stream any more gets no record.
-- $1 table, $2 stream, $3 shard of the stream, $4 event name, $5 size, $6 key, $7 old image, $8 new image: arrays of one length, in
-- the order of the changes; $9 whether the items have expired.
-- Index pk_tables, once for each record. Locks nothing.
INSERT INTO extenddb.stream_pending
    (stream_id, shard, event_name, is_expiry, created_at, size_bytes, keys, old_image, new_image)
SELECT c.stream_id, c.shard, c.event_name, $9, clock_timestamp(), c.size_bytes, c.keys, c.old_image, c.new_image
FROM unnest($1::int[], $2::int[], $3::smallint[], $4::text[], $5::int[], $6::jsonb[], $7::jsonb[], $8::jsonb[])
    WITH ORDINALITY AS c (table_id, stream_id, shard, event_name, size_bytes, keys, old_image, new_image, n)
WHERE c.stream_id = (SELECT t.stream_id FROM extenddb.tables AS t WHERE t.id = c.table_id)
ORDER BY c.n
