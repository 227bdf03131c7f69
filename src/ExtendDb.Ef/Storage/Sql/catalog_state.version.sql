-- The version of the definitions, and the database's clock. One row, locks nothing.
SELECT version, clock_timestamp() FROM extenddb.catalog_state
