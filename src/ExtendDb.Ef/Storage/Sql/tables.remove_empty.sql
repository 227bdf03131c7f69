-- Removes the definition of a table and, by cascade, of its indexes, and their quarantine, if no row of them is left.
-- $1 table, $2 its indexes. To be run with the locks of tables.lock.sql and gsi_shards.lock_all.sql held.
WITH quarantined AS (
    DELETE FROM extenddb.gsi_quarantine WHERE index_id = ANY ($2)
)
DELETE FROM extenddb.tables AS t
WHERE t.id = $1
  AND NOT EXISTS (SELECT FROM extenddb.items AS i WHERE i.table_id = $1)
  AND NOT EXISTS (SELECT FROM extenddb.index_entries AS e WHERE e.index_id = ANY ($2))
