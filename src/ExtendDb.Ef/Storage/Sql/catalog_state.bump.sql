-- Changes the version of the definitions, in the transaction that changes a definition. Locks the only row until its end.
-- $1 the step, which is random: after a fail-over that lost the last changes, no process mistakes later changes for the ones
-- it knows.
UPDATE extenddb.catalog_state SET version = version + $1
