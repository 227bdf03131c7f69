-- The version of the definitions. One row, locks nothing.
SELECT version FROM extenddb.catalog_state
