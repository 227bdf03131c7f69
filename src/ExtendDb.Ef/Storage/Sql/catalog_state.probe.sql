-- The version of the definitions, and whether anything is in quarantine, for a batch after its claim.
-- One row, locks nothing.
SELECT version, EXISTS (SELECT FROM extenddb.gsi_quarantine) FROM extenddb.catalog_state
