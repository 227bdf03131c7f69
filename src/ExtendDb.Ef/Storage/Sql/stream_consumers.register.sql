-- Registers a consumer, unless it is registered.
-- $1 name, $2 table, $3 settings, $4 the time. Index pk_stream_consumers.
INSERT INTO extenddb.stream_consumers (name, table_name, settings, created_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO NOTHING
