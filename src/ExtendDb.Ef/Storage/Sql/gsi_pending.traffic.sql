-- The numbers of markers enqueued and applied since the statistics of the server began, and the database's clock.
-- Takes nothing. Reads the server's counters, which are about a second behind. Locks nothing.
SELECT coalesce(pg_stat_get_tuples_inserted(c.oid), 0), coalesce(pg_stat_get_tuples_deleted(c.oid), 0), clock_timestamp()
FROM pg_catalog.pg_class AS c
WHERE c.oid = 'extenddb.gsi_pending'::regclass
