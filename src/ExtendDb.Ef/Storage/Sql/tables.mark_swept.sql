-- Says that somebody is looking for expired items of a table, or has just done it.
-- $1 table, $2 how much longer than usual the next look has to wait, as an interval; $3 the attribute, so that a look for
-- another one is not put off. Index pk_tables. Locks the table's row, without being in the way of writers of its items.
UPDATE extenddb.tables
SET ttl_swept_at = clock_timestamp() + $2::interval
WHERE id = $1 AND ttl_attribute = $3
