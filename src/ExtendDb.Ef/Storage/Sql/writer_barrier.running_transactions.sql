-- The ids of all running transactions of this database, which are never used again; prepared transactions too.
-- Takes nothing. Reads the server's lock table. Every transaction holds the lock of its own virtual id until it ends, even
-- one
-- that has not written yet and has no id in any snapshot. Transactions without a user, such as autovacuum's, write no items.
SELECT l.virtualxid
FROM pg_catalog.pg_locks AS l
JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
WHERE l.locktype = 'virtualxid' AND l.virtualxid = l.virtualtransaction AND l.pid <> pg_backend_pid()
  AND a.usesysid IS NOT NULL
  AND a.datid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
UNION ALL
SELECT 'prepared ' || p.transaction::text
FROM pg_catalog.pg_prepared_xacts AS p
WHERE p.database = current_database()
