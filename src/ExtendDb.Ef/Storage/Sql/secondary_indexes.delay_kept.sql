-- Ends the change of an index's delay, after no marker waits with the old delay, unless the delay was changed again.
-- $1 index, $2 time of the change. Index pk_secondary_indexes. Locks the row.
UPDATE extenddb.secondary_indexes SET delay_changed_at = NULL WHERE id = $1 AND delay_changed_at = $2
