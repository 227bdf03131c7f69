-- A registered consumer; no row when there is none. $1 name. Index pk_stream_consumers. Locks nothing.
SELECT table_name, settings FROM extenddb.stream_consumers WHERE name = $1
