-- The items of a range beside their entries in one index: a row for each key that has an item or an entry.
-- $1 table, $2 index, $3 and $4 partition hash and sort key of the first key, $5 and $6 those of the first key after the
-- range, $7 the number given to verify.range_end.sql: the range has no more items, and no more entries. Order: none
-- promised. Indexes pk_items, pk_index_entries, each left after that number of rows: PostgreSQL before 18 would not stop at
-- the end of a range within a partition, but read the partition to its end. Locks nothing. To be run in the snapshot of a
-- REPEATABLE READ transaction, and read as a stream.
SELECT coalesce(i.partition_hash, e.partition_hash), coalesce(i.sort_key, e.sort_key),
       i.document, e.key_hash, e.key_sort, e.size_bytes,
       -- Null when it equals the item's: compared here, so that a document of all attributes travels only once.
       CASE WHEN e.document = i.document THEN NULL ELSE e.document END
FROM (
    SELECT *
    FROM (
        SELECT *
        FROM extenddb.items
        WHERE table_id = $1 AND (partition_hash, sort_key) >= ($3, $4)
        ORDER BY partition_hash, sort_key
        LIMIT $7
    ) AS first_ones
    WHERE (partition_hash, sort_key) < ($5, $6)
) AS i
FULL JOIN (
    SELECT *
    FROM (
        SELECT *
        FROM extenddb.index_entries
        WHERE index_id = $2 AND (partition_hash, sort_key) >= ($3, $4)
        ORDER BY partition_hash, sort_key
        LIMIT $7
    ) AS first_ones
    WHERE (partition_hash, sort_key) < ($5, $6)
) AS e ON e.partition_hash = i.partition_hash AND e.sort_key = i.sort_key
