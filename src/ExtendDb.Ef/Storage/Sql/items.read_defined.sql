-- One item by its primary key, and the version of the definition of its table; no row when the table is gone.
-- $1 table, $2 partition hash, $3 sort key, $4 slot. Indexes pk_tables, pk_items. Locks nothing.
SELECT t.definition_version, i.document, i.size_bytes, i.version
FROM extenddb.tables AS t
LEFT JOIN LATERAL (
    SELECT document, size_bytes, version
    FROM extenddb.items
    WHERE slot = $4 AND table_id = $1 AND partition_hash = $2 AND sort_key = $3
    OFFSET 0
) AS i ON true
WHERE t.id = $1
