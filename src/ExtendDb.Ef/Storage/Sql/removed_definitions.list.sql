-- The removed tables and indexes whose rows are not all deleted. Takes nothing. Order: kind, id. Locks nothing.
SELECT kind, id, name
FROM extenddb.removed_definitions
ORDER BY kind, id
