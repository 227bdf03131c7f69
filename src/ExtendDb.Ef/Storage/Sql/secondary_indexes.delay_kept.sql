-- Says that nothing waits longer for an index than its delay, unless that was changed again.
-- $1 index, $2 when it was changed. Index pk_secondary_indexes. Locks the row.
UPDATE extenddb.secondary_indexes SET delay_changed_at = NULL WHERE id = $1 AND delay_changed_at = $2
