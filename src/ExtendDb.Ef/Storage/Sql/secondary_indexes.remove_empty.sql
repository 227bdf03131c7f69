-- Removes the definition of an index that is DELETING, and its quarantine, if none of its entries is left.
-- $1 index. To be run with the locks of gsi_shards.lock_all.sql held. Returns the table of the removed index.
WITH removed AS (
    DELETE FROM extenddb.secondary_indexes AS i
    WHERE i.id = $1 AND i.status = 'DELETING'
      AND NOT EXISTS (SELECT FROM extenddb.index_entries AS e WHERE e.index_id = $1)
    RETURNING i.id, i.table_id
),
quarantined AS (
    DELETE FROM extenddb.gsi_quarantine AS q
    USING removed
    WHERE q.index_id = removed.id
)
SELECT table_id FROM removed
