-- The holder that holds back VACUUM longest, and for how many seconds: a transaction, a prepared transaction, a replication
-- slot or a standby (the age of the last two is known only in transactions, so their seconds are null). No row: none.
-- Takes nothing. Reads the server's views of activity; a role that may not see other sessions (pg_monitor may) sees its own.
SELECT holder, seconds
FROM (
    SELECT format('%s %s (%s)', a.pid, coalesce(nullif(a.application_name, ''), a.backend_type), a.state) AS holder,
           extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS seconds,
           greatest(age(a.backend_xmin), age(a.backend_xid)) AS transactions
    FROM pg_catalog.pg_stat_activity AS a
    WHERE (a.backend_xmin IS NOT NULL OR a.backend_xid IS NOT NULL) AND a.pid <> pg_backend_pid()
      AND a.datname = current_database() AND a.backend_type <> 'walsender'
      -- One VACUUM does not hold back another.
      AND a.query !~* '^(autovacuum: )?vacuum'
    UNION ALL
    SELECT 'prepared transaction ' || p.gid, extract(epoch FROM clock_timestamp() - p.prepared)::float8, age(p.transaction)
    FROM pg_catalog.pg_prepared_xacts AS p
    WHERE p.database = current_database()
    UNION ALL
    SELECT 'replication slot ' || s.slot_name, NULL, greatest(age(s.xmin), age(s.catalog_xmin))
    FROM pg_catalog.pg_replication_slots AS s
    WHERE s.xmin IS NOT NULL OR s.catalog_xmin IS NOT NULL
    UNION ALL
    SELECT 'standby ' || r.application_name, NULL, age(r.backend_xmin)
    FROM pg_catalog.pg_stat_replication AS r
    WHERE r.backend_xmin IS NOT NULL
) AS holders
ORDER BY transactions DESC, seconds DESC NULLS LAST
LIMIT 1
