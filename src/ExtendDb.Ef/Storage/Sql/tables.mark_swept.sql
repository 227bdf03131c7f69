-- Sets the time of a table's last scan for expired items, during and after the scan.
-- $1 table, $2 how much longer than usual the next scan has to wait, as an interval; $3 the attribute, so that a scan for
-- another attribute is not delayed. Index pk_tables. Locks the table's row, without blocking writers of its items.
UPDATE extenddb.tables
SET ttl_swept_at = clock_timestamp() + $2::interval
WHERE id = $1 AND ttl_attribute = $3
