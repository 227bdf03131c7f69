-- Forgets a removed table if none of its items is left.
-- $1 table. Indexes pk_removed_definitions, pk_items. Locks the row. To be run when no writer can know the table
-- any more, with the settings of gsi_batch.begin.sql.
DELETE FROM extenddb.removed_definitions
WHERE kind = 'TABLE' AND id = $1
  AND (SELECT true FROM extenddb.items WHERE table_id = $1 ORDER BY partition_hash, sort_key LIMIT 1) IS NULL
