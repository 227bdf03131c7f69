namespace ExtendDb.Ef.Benchmarks;

/// <summary>What the peer of the data plane benchmark writes; it reads with the library's own statements.</summary>
internal static class DataPlaneSql
{
    public const string InsertItem = """
        INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
        VALUES ($1, $2, $3, $4, $5, $6, get_byte(uuid_send($2), 0) >> 2)
        """;

    public const string UpdateItem = """
        UPDATE extenddb.items SET document = $4, size_bytes = $5, version = version + 1
        WHERE table_id = $1 AND partition_hash = $2 AND sort_key = $3 AND version = $6
        """;

    public const string InsertMarker = """
        INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;
}
