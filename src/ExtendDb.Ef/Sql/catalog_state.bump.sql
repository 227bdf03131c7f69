-- Says that a definition changed; in the transaction that changes it. Locks the only row until its end.
UPDATE extenddb.catalog_state SET version = version + 1
