-- The number of all markers. Takes nothing. Reads the whole queue. Locks nothing.
SELECT count(*) FROM extenddb.gsi_pending
