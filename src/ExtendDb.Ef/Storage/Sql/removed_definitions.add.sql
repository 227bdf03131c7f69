-- Keeps the ids of removed tables and indexes until their rows are deleted, in the transaction that removes the definitions.
-- $1 kinds, TABLE or INDEX, $2 ids, $3 names: three arrays of one length. Locks no existing row.
INSERT INTO extenddb.removed_definitions (kind, id, name)
SELECT kind, id, name
FROM unnest($1::text[], $2::int[], $3::text[]) AS r (kind, id, name)
