-- What a batch must know after its claim: the version of the definitions, and whether anything is in quarantine.
-- One row, locks nothing.
SELECT version, EXISTS (SELECT FROM extenddb.gsi_quarantine) FROM extenddb.catalog_state
