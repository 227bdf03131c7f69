-- Forgets a removed index if none of its entries is left, and empties its quarantine.
-- $1 index. Indexes pk_removed_definitions, pk_index_entries, pk_gsi_quarantine. Locks the row. To be run when no writer can
-- know the index any more, with the settings of gsi_batch.begin.sql.
WITH quarantined AS (
    DELETE FROM extenddb.gsi_quarantine WHERE index_id = $1
)
DELETE FROM extenddb.removed_definitions
WHERE kind = 'INDEX' AND id = $1
  AND (SELECT true FROM extenddb.index_entries WHERE index_id = $1 ORDER BY partition_hash, sort_key LIMIT 1) IS NULL
