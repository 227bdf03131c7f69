-- Adds the stream of a table, in the transaction that enables it.
-- $1 table, $2 its name, $3 label, $4 view type, $5 status, $6 key schema, $7 the time, $8 the number of shards.
-- Returns the id. Index pk_tables. Locks the row of the table.
WITH stream AS (
    INSERT INTO extenddb.streams (table_id, table_name, label, view_type, status, key_schema, created_at)
    VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)
    RETURNING id
),
shards AS (
    INSERT INTO extenddb.stream_shards (stream_id, shard, last_number, trimmed_number, size_bytes, done_id)
    -- None of the records is due while the stream is ENABLING.
    SELECT s.id, n, 0, 0, 0, CASE $5 WHEN 'ENABLING' THEN 9223372036854775807 ELSE 0 END
    FROM stream AS s
    CROSS JOIN generate_series(0, $8 - 1) AS n
)
UPDATE extenddb.tables SET stream_id = (SELECT id FROM stream) WHERE id = $1
RETURNING stream_id
