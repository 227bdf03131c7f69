-- How many items a table has and how many bytes they are, both up to a number of items.
-- $1 table, $2 how many at most. Index pk_items, whose order keeps the planner from reading other tables. Locks nothing.
SELECT count(*), coalesce(sum(size_bytes), 0)::bigint
FROM (
    SELECT size_bytes
    FROM extenddb.items
    WHERE table_id = $1
    ORDER BY partition_hash, sort_key
    LIMIT $2
) AS first_ones
