-- Which indexes of a table must agree with its items: one that is created or deleted does not yet, or not any more, and
-- a table that is deleted loses its items before its entries.
-- $1 table. Indexes pk_tables, ix_secondary_indexes_name. Locks nothing. The first statement of the transaction, so it
-- takes the snapshot.
SELECT i.id
FROM extenddb.tables AS t
JOIN extenddb.secondary_indexes AS i ON i.table_id = t.id
WHERE t.id = $1 AND t.status = 'ACTIVE' AND i.status = 'ACTIVE'
