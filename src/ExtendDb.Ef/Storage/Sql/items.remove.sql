-- Deletes an item whatever is stored, with its markers, if the table has the definition for which they were made. Nothing is
-- deleted where no item is found, or one with another key under the same hash.
-- $1 table, $2 partition hash, $3 sort key, $4 the attributes of the key, $5 the version of the definition,
-- $6 slot, $7 and $8 the indexes to refresh and their delays, two arrays of one length.
-- Returns one row: the version of the definition that the statement has seen, null when the table is gone; and the time of
-- the write, null when nothing was written.
-- Indexes pk_tables, pk_items. Locks the row of the item until its end.
WITH definition AS MATERIALIZED (
    SELECT definition_version FROM extenddb.tables WHERE id = $1
),
written AS (
    DELETE FROM extenddb.items
    WHERE slot = $6 AND table_id = $1 AND partition_hash = $2 AND sort_key = $3 AND document @> $4::jsonb
      AND EXISTS (SELECT FROM definition WHERE definition_version = $5)
    RETURNING slot
),
-- After the row's lock has been waited for, so that no marker is committed behind the hints of the queue's scans.
done AS MATERIALIZED (
    SELECT clock_timestamp() AS at FROM written
),
enqueued AS (
    INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
    SELECT $6, w.at + m.delay, $1, $2, $3, m.index_ids
    FROM done AS w
    CROSS JOIN (
        SELECT delay, array_agg(index_id) AS index_ids
        FROM unnest($7::int[], $8::interval[]) AS n (index_id, delay)
        GROUP BY delay
    ) AS m
)
SELECT d.definition_version, w.at
FROM (SELECT (SELECT definition_version FROM definition) AS definition_version) AS d
LEFT JOIN done AS w ON true
