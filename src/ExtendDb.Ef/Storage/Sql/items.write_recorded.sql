-- Writes an item of a table with a stream, with its markers and its record, if the table has the definition for which they were
-- made: puts or deletes it whatever is stored, or only if it is stored as it was read.
-- $1 table, $2 partition hash, $3 sort key, $4 version of the item that was read, null when there was none, $5 the version of
-- the definition, $6 slot, $7 and $8 the global indexes to refresh and their delays, two arrays of one length, $9 whether
-- whatever is stored is replaced, $10 document, null to delete the item, $11 size, $12 version of a new item, $13 the attributes of
-- the key, $14 their size, $15 stream, $16 shard of the stream, $17 whether the record has an old and $18 a new image, $19 whether
-- the item has expired.
-- Returns one row: the version of the definition that the statement has seen, null when the table is gone; and the time of
-- the write, null when nothing was written.
-- Indexes pk_tables, pk_items. Locks the row of the item until its end.
WITH definition AS MATERIALIZED (
    SELECT definition_version FROM extenddb.tables WHERE id = $1
),
-- The newest row: the lock has been waited for, and what follows finds the same.
stored AS MATERIALIZED (
    SELECT document, size_bytes, version
    FROM extenddb.items
    WHERE slot = $6 AND table_id = $1 AND partition_hash = $2 AND sort_key = $3
      AND EXISTS (SELECT FROM definition WHERE definition_version = $5)
    FOR UPDATE
),
inserted AS (
    INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
    SELECT $1, $2, $3, $10::jsonb, $11, $12, $6
    FROM definition
    WHERE definition_version = $5 AND $10::jsonb IS NOT NULL AND ($9 OR $4::bigint IS NULL) AND NOT EXISTS (SELECT FROM stored)
    ON CONFLICT ON CONSTRAINT pk_items DO NOTHING
    RETURNING slot
),
updated AS (
    UPDATE extenddb.items AS i
    SET document = $10::jsonb, size_bytes = $11, version = i.version + 1
    FROM stored AS s
    WHERE i.slot = $6 AND i.table_id = $1 AND i.partition_hash = $2 AND i.sort_key = $3
      AND $10::jsonb IS NOT NULL AND ($9 OR s.version = $4) AND s.document IS DISTINCT FROM $10::jsonb AND s.document @> $13::jsonb
    RETURNING i.slot
),
deleted AS (
    DELETE FROM extenddb.items AS i
    USING stored AS s
    WHERE i.slot = $6 AND i.table_id = $1 AND i.partition_hash = $2 AND i.sort_key = $3
      AND $10::jsonb IS NULL AND ($9 OR s.version = $4) AND s.document @> $13::jsonb
    RETURNING i.slot
),
-- After the row's lock has been waited for, so that no marker is committed behind the hints of the queue's scans.
written AS MATERIALIZED (
    SELECT clock_timestamp() AS at, event_name
    FROM (
        SELECT 'INSERT' AS event_name FROM inserted
        UNION ALL SELECT 'MODIFY' FROM updated
        UNION ALL SELECT 'REMOVE' FROM deleted
    ) AS one
),
-- Draws the id of the record under the item's lock, so that the ids of one item's records have the order of its changes.
recorded AS (
    INSERT INTO extenddb.stream_pending
        (stream_id, shard, event_name, is_expiry, created_at, size_bytes, keys, old_image, new_image)
    SELECT $15, $16, w.event_name, $19, w.at,
           $14 + CASE WHEN $17 THEN coalesce(s.size_bytes, 0) ELSE 0 END + CASE WHEN $18 THEN $11 ELSE 0 END,
           $13::jsonb, CASE WHEN $17 THEN s.document END, CASE WHEN $18 THEN $10::jsonb END
    FROM written AS w
    LEFT JOIN stored AS s ON true
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
)
SELECT d.definition_version, w.at
FROM (SELECT (SELECT definition_version FROM definition) AS definition_version) AS d
LEFT JOIN written AS w ON true
