-- Raises the longest CatalogPollInterval of all processes to that of this process, if it is shorter.
-- $1 CatalogPollInterval in ms. Locks the only row until the end of the transaction, if it changes the row.
UPDATE extenddb.catalog_state SET longest_poll_ms = $1 WHERE longest_poll_ms < $1
