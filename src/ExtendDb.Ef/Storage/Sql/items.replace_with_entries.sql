-- Inserts, replaces or deletes an item that still is as it was read, with its markers and the entries of its local indexes, if
-- the table has the definition for which they were made.
-- $1 table, $2 partition hash, $3 sort key, $4 version of the item that was read, null when there was none, $5 the version of
-- the definition, $6 slot, $7 and $8 the global indexes to refresh and their delays, two arrays of one length, $9 document,
-- null to delete the item, $10 size, $11 version of a new item; the entries to write: $12 local index, $13 hash of the index's
-- partition key, $14 index sort key, $15 document, $16 size, arrays of one length; $17 the local indexes whose entry goes.
-- Returns one row: the version of the definition that the statement has seen, null when the table is gone; and the time of
-- the write, null when nothing was written.
-- Indexes pk_tables, pk_items, pk_index_entries. Locks the item and then its entries until its end.
WITH definition AS MATERIALIZED (
    SELECT definition_version FROM extenddb.tables WHERE id = $1
),
inserted AS (
    INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
    SELECT $1, $2, $3, $9::jsonb, $10, $11, $6
    FROM definition
    WHERE definition_version = $5 AND $4::bigint IS NULL AND $9::jsonb IS NOT NULL
    ON CONFLICT ON CONSTRAINT pk_items DO NOTHING
    RETURNING slot
),
updated AS (
    UPDATE extenddb.items
    SET document = $9::jsonb, size_bytes = $10, version = version + 1
    WHERE slot = $6 AND table_id = $1 AND partition_hash = $2 AND sort_key = $3 AND version = $4 AND $9::jsonb IS NOT NULL
      AND EXISTS (SELECT FROM definition WHERE definition_version = $5)
    RETURNING slot
),
deleted AS (
    DELETE FROM extenddb.items
    WHERE slot = $6 AND table_id = $1 AND partition_hash = $2 AND sort_key = $3 AND version = $4 AND $9::jsonb IS NULL
      AND EXISTS (SELECT FROM definition WHERE definition_version = $5)
    RETURNING slot
),
-- After the row's lock has been waited for, so that no marker is committed behind the hints of the queue's scans.
written AS MATERIALIZED (
    SELECT clock_timestamp() AS at
    FROM (SELECT FROM inserted UNION ALL SELECT FROM updated UNION ALL SELECT FROM deleted) AS one
),
enqueued AS (
    INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
    SELECT $6, w.at + m.delay, $1, $2, $3, m.index_ids
    FROM written AS w
    CROSS JOIN (
        SELECT delay, array_agg(index_id) AS index_ids
        FROM unnest($7::int[], $8::interval[]) AS n (index_id, delay)
        GROUP BY delay
    ) AS m
),
put_entries AS (
    INSERT INTO extenddb.index_entries AS e
        (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes, slot)
    SELECT n.index_id, $2, $3, n.key_hash, n.key_sort, n.document, n.size_bytes, $6
    FROM written
    CROSS JOIN unnest($12::int[], $13::uuid[], $14::bytea[], $15::jsonb[], $16::int[])
        AS n (index_id, key_hash, key_sort, document, size_bytes)
    ON CONFLICT ON CONSTRAINT pk_index_entries DO UPDATE
    SET key_hash = excluded.key_hash,
        key_sort = excluded.key_sort,
        document = excluded.document,
        size_bytes = excluded.size_bytes
    WHERE (e.key_hash, e.key_sort, e.size_bytes, e.document)
        IS DISTINCT FROM (excluded.key_hash, excluded.key_sort, excluded.size_bytes, excluded.document)
),
deleted_entries AS (
    DELETE FROM extenddb.index_entries
    WHERE slot = $6 AND index_id = ANY ($17::int[]) AND partition_hash = $2 AND sort_key = $3 AND EXISTS (SELECT FROM written)
)
SELECT d.definition_version, w.at
FROM (SELECT (SELECT definition_version FROM definition) AS definition_version) AS d
LEFT JOIN written AS w ON true
