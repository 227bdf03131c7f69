-- Which of some keys have a marker waiting for an index, or are in its quarantine: their entries may differ.
-- $1 table, $2 index, $3 slot, $4 partition hash, $5 sort key: the last three arrays of one length.
-- Returns positions in the arrays, from 1. Reads the queue of those slots once; index pk_gsi_quarantine. Locks nothing. To
-- be run in the snapshot of verify.compare.sql, with the settings of verify.begin.sql.
WITH keys AS MATERIALIZED (
    SELECT k.slot, k.partition_hash, k.sort_key, k.position::int AS position
    FROM unnest($3::smallint[], $4::uuid[], $5::bytea[])
        WITH ORDINALITY AS k (slot, partition_hash, sort_key, position)
)
SELECT k.position
FROM keys AS k
JOIN extenddb.gsi_pending AS m
    ON m.slot = k.slot AND m.partition_hash = k.partition_hash AND m.sort_key = k.sort_key
WHERE m.slot = ANY ($3::smallint[]) AND m.table_id = $1 AND $2 = ANY (m.index_ids)
UNION
SELECT k.position
FROM keys AS k
JOIN extenddb.gsi_quarantine AS q ON q.partition_hash = k.partition_hash AND q.sort_key = k.sort_key
WHERE q.index_id = $2
