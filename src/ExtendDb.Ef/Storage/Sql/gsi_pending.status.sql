-- The number of markers for each index, and the seconds by which the oldest due one is overdue (null: none is due).
-- An index without markers has no row. Reads the whole queue. Locks nothing.
SELECT index_id, count(*),
       extract(epoch FROM now() - min(m.ready_at) FILTER (WHERE m.ready_at <= now()))::float8
FROM extenddb.gsi_pending AS m
CROSS JOIN LATERAL unnest(m.index_ids) AS index_id
GROUP BY index_id
