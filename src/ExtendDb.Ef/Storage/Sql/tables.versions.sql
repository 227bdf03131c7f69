-- The versions of the definitions of some tables, at the end of a save. No row for a table that is gone.
-- $1 tables, in order. Index pk_tables, once for each table. Locks nothing at READ COMMITTED. A snapshot that is older than the
-- statement would show a table that is gone: there the rows are locked, which fails for one that was deleted since. What has
-- only changed since waits for the transaction, and need not be seen.
SELECT t.id, t.definition_version
FROM unnest($1::int[]) AS k (id)
CROSS JOIN LATERAL (
    SELECT id, definition_version
    FROM extenddb.tables
    WHERE id = k.id AND current_setting('transaction_isolation') NOT IN ('repeatable read', 'serializable')
    OFFSET 0
) AS t
UNION ALL
SELECT t.id, t.definition_version
FROM unnest($1::int[]) AS k (id)
CROSS JOIN LATERAL (
    SELECT id, definition_version
    FROM extenddb.tables
    WHERE id = k.id AND current_setting('transaction_isolation') IN ('repeatable read', 'serializable')
    FOR KEY SHARE
) AS t
