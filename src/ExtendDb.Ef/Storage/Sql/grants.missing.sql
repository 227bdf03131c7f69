-- The grants that the role of this session lacks for the work of a process, as statements. No row: it lacks none. A table that
-- is not there yet is left out, because a database without it is refused for its schema version.
-- $1 whether the process runs a worker; one without is asked for what reading needs, and learns at its first write what it lacks.
-- Order: the schema, then the tables by name. Reads the server's catalog. Locks nothing.
WITH schema_of (id) AS (
    SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'extenddb'
),
needed (name, reading, working) AS (
    VALUES ('catalog_state', 'SELECT', 'UPDATE'),
           ('gsi_pending', 'SELECT', 'INSERT,UPDATE,DELETE'),
           ('gsi_quarantine', 'SELECT', 'INSERT,UPDATE,DELETE'),
           ('gsi_slots', 'SELECT', 'UPDATE'),
           ('index_entries', 'SELECT', 'INSERT,UPDATE,DELETE'),
           ('items', 'SELECT', 'UPDATE,DELETE'),
           ('migrations_history', 'SELECT', NULL),
           ('removed_definitions', NULL, 'SELECT,DELETE'),
           ('secondary_indexes', 'SELECT', 'UPDATE'),
           ('stream_consumer_shards', 'SELECT', 'INSERT,UPDATE,DELETE'),
           ('stream_consumers', 'SELECT', 'INSERT,UPDATE,DELETE'),
           ('stream_pending', 'SELECT', 'DELETE'),
           ('stream_pending_id_seq', NULL, 'SELECT'),
           ('stream_records', 'SELECT', 'INSERT,DELETE'),
           ('stream_set_aside', 'SELECT', 'INSERT,UPDATE,DELETE'),
           ('stream_shards', 'SELECT', 'UPDATE,DELETE'),
           ('streams', 'SELECT', 'UPDATE,DELETE'),
           ('tables', 'SELECT', 'UPDATE')
),
lacking (name, rights) AS (
    SELECT n.name, string_agg(r.privilege, ', ' ORDER BY r.position)
    FROM needed AS n
    JOIN schema_of AS s ON true
    JOIN pg_catalog.pg_class AS c ON c.relnamespace = s.id AND c.relname = n.name
    CROSS JOIN LATERAL unnest(string_to_array(concat_ws(',', n.reading, CASE WHEN $1 THEN n.working END), ','))
        WITH ORDINALITY AS r (privilege, position)
    -- A right on some columns may be all that is needed of it; there is none on columns to delete.
    WHERE NOT CASE r.privilege
        WHEN 'DELETE' THEN has_table_privilege(c.oid, r.privilege)
        ELSE has_any_column_privilege(c.oid, r.privilege)
    END
    GROUP BY n.name
)
SELECT format('GRANT USAGE ON SCHEMA extenddb TO %I', current_user), '' AS name
FROM schema_of AS s
WHERE NOT has_schema_privilege(s.id, 'USAGE')
UNION ALL
SELECT format('GRANT %s ON extenddb.%I TO %I', l.rights, l.name, current_user), l.name
FROM lacking AS l
ORDER BY name
