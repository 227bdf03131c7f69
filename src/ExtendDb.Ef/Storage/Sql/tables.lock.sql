-- Locks the definition of a table until the end of the transaction; waits for transactions that have inserted items into it.
-- $1 table. Index pk_tables.
SELECT id FROM extenddb.tables WHERE id = $1 FOR UPDATE
