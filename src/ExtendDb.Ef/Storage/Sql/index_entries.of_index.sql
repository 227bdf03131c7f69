-- All entries of an index. Only ever explained: the planner estimates how many there are.
-- $1 index. Order: none. Index pk_index_entries. Locks nothing.
SELECT FROM extenddb.index_entries WHERE index_id = $1
