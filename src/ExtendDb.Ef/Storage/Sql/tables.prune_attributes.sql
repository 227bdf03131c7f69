-- Removes attribute definitions of a table that no key of the table or of its indexes uses any more.
-- $1 table. Indexes pk_tables, ix_secondary_indexes_name. Locks the row.
UPDATE extenddb.tables AS t
SET attribute_definitions = (
    SELECT coalesce(jsonb_agg(d.definition ORDER BY d.position), '[]')
    FROM jsonb_array_elements(t.attribute_definitions) WITH ORDINALITY AS d (definition, position)
    WHERE d.definition ->> 'AttributeName' IN (
        SELECT k ->> 'AttributeName'
        FROM jsonb_array_elements(t.key_schema) AS k
        UNION ALL
        SELECT k ->> 'AttributeName'
        FROM extenddb.secondary_indexes AS i
        CROSS JOIN LATERAL jsonb_array_elements(i.key_schema) AS k
        WHERE i.table_id = t.id))
WHERE t.id = $1
