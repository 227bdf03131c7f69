-- All definitions with their version, in one snapshot: a row a table and index, tables without an index one row.
-- Order: table, index. Locks nothing. A database without tables gives one row that holds only the version.
SELECT s.version,
       t.id, t.name, t.table_id, t.key_schema::text, t.attribute_definitions::text, t.deletion_protection,
       t.created_at,
       i.id, i.name, i.kind, i.key_schema::text, i.projection_type, i.non_key_attributes, i.status,
       i.propagation_delay_ms, i.delay_changed_at, t.definition_version, t.stream_id, t.stream_view_type
FROM extenddb.catalog_state AS s
LEFT JOIN extenddb.tables AS t ON true
LEFT JOIN extenddb.secondary_indexes AS i ON i.table_id = t.id
ORDER BY t.id, i.id
