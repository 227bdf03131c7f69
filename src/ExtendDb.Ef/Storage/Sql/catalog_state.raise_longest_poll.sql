-- Says that a process of this CatalogPollInterval uses the database, if none of a longer one has said so.
-- $1 its CatalogPollInterval in ms. Locks the only row until the end of the transaction, if it changes it.
UPDATE extenddb.catalog_state SET longest_poll_ms = $1 WHERE longest_poll_ms < $1
