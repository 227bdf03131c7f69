-- How many entries an index has and how many bytes they are, both up to a number of entries.
-- $1 index, $2 how many at most. Index pk_index_entries, whose order keeps the planner from reading other indexes.
-- Locks nothing.
SELECT count(*), coalesce(sum(size_bytes), 0)::bigint
FROM (
    SELECT size_bytes
    FROM extenddb.index_entries
    WHERE index_id = $1
    ORDER BY partition_hash, sort_key
    LIMIT $2
) AS first_ones
