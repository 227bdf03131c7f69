-- Ends the pause of the quarantined entries of some indexes. Those that wait in the queue already stay as they are.
-- $1 indexes. Index pk_gsi_quarantine. Locks those rows.
UPDATE extenddb.gsi_quarantine
SET retry_at = clock_timestamp()
WHERE index_id = ANY ($1::int[])
  -- Not IS NOT NULL, for which a plan could read all of ix_gsi_quarantine_retry_at.
  AND coalesce(retry_at, '-infinity') > '-infinity'
