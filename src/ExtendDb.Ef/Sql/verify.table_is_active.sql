-- Whether a table is in use: one that is being deleted loses its items before its entries.
-- $1 table. Index pk_tables. Locks nothing. The first statement of the transaction, so it takes the snapshot.
SELECT EXISTS (SELECT FROM extenddb.tables WHERE id = $1 AND status = 'ACTIVE')
