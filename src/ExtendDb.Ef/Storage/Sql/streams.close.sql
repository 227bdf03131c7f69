-- Ends the stream of a table, in the transaction that disables it or deletes the table.
-- $1 stream, $2 the time. Index pk_streams. Locks the row.
UPDATE extenddb.streams
SET status = 'DISABLING', disabled_at = $2
WHERE id = $1
