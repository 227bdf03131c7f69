-- The number of quarantined entries of each index. An index without any has no row. Index pk_gsi_quarantine.
SELECT index_id, count(*) FROM extenddb.gsi_quarantine GROUP BY index_id
