-- Deletes some rows of a removed index, and returns the key of the last one. No row: from that key on, only
-- rows that other transactions hold are left.
-- $1 index, $2 how many at most, $3 and $4 partition hash and sort key of the first row.
-- Order: partition hash, sort key. Index pk_index_entries; the first key skips the dead rows of earlier chunks. Locks the
-- rows it deletes, and skips rows that other transactions hold, which a later pass deletes.
-- To be run with the settings of gsi_batch.begin.sql.
WITH chunk AS MATERIALIZED (
    SELECT index_id, partition_hash, sort_key
    FROM extenddb.index_entries
    WHERE index_id = $1 AND (partition_hash, sort_key) >= ($3, $4)
    ORDER BY partition_hash, sort_key
    LIMIT $2
    FOR UPDATE SKIP LOCKED
),
deleted AS (
    DELETE FROM extenddb.index_entries AS r
    USING chunk
    WHERE r.index_id = $1 AND r.partition_hash = chunk.partition_hash AND r.sort_key = chunk.sort_key
)
SELECT partition_hash, sort_key
FROM chunk
ORDER BY partition_hash DESC, sort_key DESC
LIMIT 1
