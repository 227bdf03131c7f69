-- The last migration applied to this database.
-- Reads the whole history, a row a migration. Locks nothing.
SELECT max("MigrationId") FROM extenddb.migrations_history
