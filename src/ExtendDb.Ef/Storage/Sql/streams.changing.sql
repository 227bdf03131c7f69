-- The streams that are ENABLING or DISABLING. Order: id. Reads all streams. Locks nothing.
SELECT id, table_name, label, status FROM extenddb.streams WHERE status IN ('ENABLING', 'DISABLING') ORDER BY id
