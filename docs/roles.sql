-- Four groups for the roles of programs and people, with what each needs on the schema extenddb and no more:
--
--   extenddb_owner   owns the schema and its tables: migrates
--   extenddb_writer  data plane and control plane, also for tables whose indexes have delay 0 or lag behind (it helps then)
--   extenddb_worker  applies markers, fills new indexes, deletes expired items and the rows of deleted tables; repairs; numbers and
--                    trims the records of streams
--   extenddb_reader  GetItem, BatchGetItem, Query, Scan, TransactGetItems, descriptions, status, lag, verification
--
-- Run it as a superuser in the database: psql -d music -f roles.sql. It can be run again at any time, also
-- while programs run. Before the first migration the tables are not there: then the groups get the rights on future tables alone, which
-- are wider. Run it after each migration, so that each has exactly those below. Other names: replace them in this file.
--
-- A program logs in as a member of one group, or of two, such as a writer that is a worker too:
--
--   CREATE ROLE shop LOGIN PASSWORD '…' IN ROLE extenddb_writer, extenddb_worker;
--
-- A role that migrates acts as the group, so that the group owns what it creates:
--
--   CREATE ROLE deployment LOGIN PASSWORD '…' IN ROLE extenddb_owner;
--   ALTER ROLE deployment SET role = 'extenddb_owner';
--
-- Who holds back VACUUM (extenddb lag) is seen in full by members of pg_monitor only.

BEGIN;

DO $roles$
DECLARE
    name text;
    one record;
BEGIN
    FOREACH name IN ARRAY ARRAY['extenddb_owner', 'extenddb_writer', 'extenddb_worker', 'extenddb_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        END IF;
    END LOOP;

    CREATE SCHEMA IF NOT EXISTS extenddb;
    ALTER SCHEMA extenddb OWNER TO extenddb_owner;
    FOR one IN SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'extenddb' LOOP
        -- Waits for the transactions that use the table, and holds up others meanwhile.
        IF one.tableowner <> 'extenddb_owner' THEN
            EXECUTE format('ALTER TABLE extenddb.%I OWNER TO extenddb_owner', one.tablename);
        END IF;
        EXECUTE format('REVOKE ALL ON extenddb.%I FROM extenddb_writer, extenddb_worker, extenddb_reader', one.tablename);
    END LOOP;

    GRANT USAGE ON SCHEMA extenddb TO extenddb_writer, extenddb_worker, extenddb_reader;

    FOR one IN
        SELECT t.tablename, g.role, g.rights
        FROM (VALUES
            ('extenddb_writer', 'catalog_state', 'SELECT, UPDATE'),
            ('extenddb_writer', 'gsi_pending', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'gsi_quarantine', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'gsi_slots', 'SELECT, UPDATE'),
            ('extenddb_writer', 'index_entries', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'items', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'migrations_history', 'SELECT'),
            ('extenddb_writer', 'removed_definitions', 'SELECT, INSERT'),
            ('extenddb_writer', 'secondary_indexes', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'stream_consumer_shards', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'stream_consumers', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'stream_pending', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'stream_records', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'stream_set_aside', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'stream_shards', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'streams', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'tables', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_writer', 'transaction_tokens', 'SELECT, INSERT, UPDATE, DELETE'),

            ('extenddb_worker', 'catalog_state', 'SELECT, UPDATE'),
            ('extenddb_worker', 'gsi_pending', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_worker', 'gsi_quarantine', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_worker', 'gsi_slots', 'SELECT, UPDATE'),
            ('extenddb_worker', 'index_entries', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_worker', 'items', 'SELECT, UPDATE, DELETE'),
            ('extenddb_worker', 'migrations_history', 'SELECT'),
            ('extenddb_worker', 'removed_definitions', 'SELECT, DELETE'),
            ('extenddb_worker', 'secondary_indexes', 'SELECT, UPDATE'),
            ('extenddb_worker', 'stream_consumer_shards', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_worker', 'stream_consumers', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_worker', 'stream_pending', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_worker', 'stream_records', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_worker', 'stream_set_aside', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_worker', 'stream_shards', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_worker', 'streams', 'SELECT, INSERT, UPDATE, DELETE'),
            ('extenddb_worker', 'tables', 'SELECT, UPDATE'),

            -- A process with a CatalogPollInterval longer than any before announces it.
            ('extenddb_reader', 'catalog_state', 'SELECT, UPDATE (longest_poll_ms)'),
            ('extenddb_reader', 'gsi_pending', 'SELECT'),
            ('extenddb_reader', 'gsi_quarantine', 'SELECT'),
            ('extenddb_reader', 'gsi_slots', 'SELECT'),
            ('extenddb_reader', 'index_entries', 'SELECT'),
            ('extenddb_reader', 'items', 'SELECT'),
            ('extenddb_reader', 'migrations_history', 'SELECT'),
            ('extenddb_reader', 'secondary_indexes', 'SELECT'),
            ('extenddb_reader', 'stream_consumer_shards', 'SELECT'),
            ('extenddb_reader', 'stream_consumers', 'SELECT'),
            ('extenddb_reader', 'stream_pending', 'SELECT'),
            ('extenddb_reader', 'stream_records', 'SELECT'),
            ('extenddb_reader', 'stream_set_aside', 'SELECT'),
            ('extenddb_reader', 'stream_shards', 'SELECT'),
            ('extenddb_reader', 'streams', 'SELECT'),
            ('extenddb_reader', 'tables', 'SELECT')
        ) AS g (role, tablename, rights)
        JOIN pg_tables AS t ON t.schemaname = 'extenddb' AND t.tablename = g.tablename
    LOOP
        EXECUTE format('GRANT %s ON extenddb.%I TO %I', one.rights, one.tablename, one.role);
    END LOOP;

    -- Tells a worker which records were written before their stream began.
    IF to_regclass('extenddb.stream_pending_id_seq') IS NOT NULL THEN
        GRANT SELECT ON SEQUENCE extenddb.stream_pending_id_seq TO extenddb_worker;
    END IF;
END
$roles$;

-- The tables of later migrations, until this file, in the form of that version, is run again.
ALTER DEFAULT PRIVILEGES FOR ROLE extenddb_owner IN SCHEMA extenddb
    GRANT SELECT ON TABLES TO extenddb_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE extenddb_owner IN SCHEMA extenddb
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO extenddb_writer, extenddb_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE extenddb_owner IN SCHEMA extenddb
    GRANT SELECT ON SEQUENCES TO extenddb_worker;

COMMIT;
