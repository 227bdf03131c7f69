-- All items of a table. Only ever explained: the planner estimates how many there are.
-- $1 table. Order: none. Index pk_items. Locks nothing.
SELECT FROM extenddb.items WHERE table_id = $1
