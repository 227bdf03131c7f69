using ExtendDb.Ef.Testing;
using Npgsql;

namespace ExtendDb.Ef.PostgresTests.Storage;

/// <summary>Two databases with the same million rows: one has the statistics of empty tables, the other its own.</summary>
/// <remarks>
/// Table 1 has 200,000 items in one partition and, like table 2, 75,000 items that are each alone in theirs. Index 1 has an
/// entry for each item of table 1: those of the large partition are one partition of the index, and half of them have the
/// same sort key; index 2 is that of table 2. The queue of each of the 64 slots holds 3,900 markers that are due, as
/// many again that are due tomorrow, and five that wait for a month; those of slot 32 are of items that exist. There are 1,000 definitions of tables and of indexes,
/// 10,000 quarantined entries, half of them of index 1, and 10,000 tokens.
/// Stream 1 has 25,000 records in each of its four shards, and 7,500 that wait for their numbers or never get one; 499 more have none.
/// </remarks>
public sealed class FilledDatabases : ExtendDbFixture
{
    /// <summary>The tables that grow. The server takes their statistics only when it is told to.</summary>
    public static readonly string[] Tables =
    [
        "extenddb.items", "extenddb.index_entries", "extenddb.gsi_pending", "extenddb.gsi_quarantine",
        "extenddb.transaction_tokens", "extenddb.tables", "extenddb.secondary_indexes", "extenddb.removed_definitions",
        "extenddb.streams", "extenddb.stream_set_aside", "extenddb.stream_pending", "extenddb.stream_records",
    ];

    /// <summary>Gives the tables, until the end of the transaction, the statistics they would have had without a row.</summary>
    public const string Empty = """
        UPDATE pg_class
        SET relpages = pg_relation_size(oid) / 8192, reltuples = 0
        WHERE relnamespace = 'extenddb'::regnamespace AND relkind IN ('r', 'i')
        """;

    private PostgresServer _server = null!;

    private string Analyzed => $"{new NpgsqlConnectionStringBuilder(ConnectionString).Database}_analyzed";

    /// <summary>Opens a connection to one of the databases.</summary>
    public async Task<NpgsqlConnection> OpenAsync(bool analyzed)
    {
        var connection = new NpgsqlConnection(analyzed ? _server.ConnectionStringFor(Analyzed) : ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        return await command.ExecuteScalarAsync();
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _server = await PostgresServer.GetAsync();
        await using (var filled = await OpenAsync(analyzed: false))
        {
            foreach (var table in Tables)
            {
                await ScalarAsync(filled, $"ALTER TABLE {table} SET (autovacuum_enabled = false); ANALYZE {table}");
            }

            foreach (var insert in Inserts)
            {
                await ScalarAsync(filled, insert);
            }

            // A database that is connected to cannot be copied.
            NpgsqlConnection.ClearPool(filled);
        }

        await DatabaseCommands.CreateAsync(
            _server, Analyzed, new NpgsqlConnectionStringBuilder(ConnectionString).Database!, CancellationToken.None);
        await using var copy = await OpenAsync(analyzed: true);
        await ScalarAsync(copy, $"ANALYZE {string.Join(", ", Tables)}");
    }

    public override async Task DisposeAsync()
    {
        using (var pooled = new NpgsqlConnection(_server.ConnectionStringFor(Analyzed)))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await DatabaseCommands.DropAsync(_server, Analyzed, CancellationToken.None);
        await base.DisposeAsync();
    }

    private static readonly string[] Inserts =
    [
        """
        INSERT INTO extenddb.stream_consumers (name, table_name, settings, created_at)
        SELECT 'consumer' || n, 'Table' || n, '', now() FROM generate_series(1, 500) AS n
        """,
        """
        INSERT INTO extenddb.stream_consumer_shards (consumer, stream_id, shard, number, attempts)
        SELECT 'consumer' || n, n, s, CASE n WHEN 1 THEN 20000 ELSE 0 END, 0
        FROM generate_series(1, 500) AS n
        CROSS JOIN generate_series(0, 3) AS s
        """,
        """
        INSERT INTO extenddb.stream_set_aside
            (consumer, stream_id, shard, number, attempts, next_attempt_at, error, event_name, is_expiry, created_at, size_bytes, keys)
        SELECT 'consumer' || n, n, 0, s, 1, now() - s * interval '1 minute', 'bad', 'INSERT', false, now(), 10, '{"A": {"S": "x"}}'
        FROM generate_series(1, 500) AS n
        CROSS JOIN generate_series(1, 20) AS s
        """,
        """
        INSERT INTO extenddb.streams (id, table_id, table_name, label, view_type, status, key_schema, created_at)
        OVERRIDING SYSTEM VALUE
        SELECT n, n, 'Table' || n, 'label', 'NEW_IMAGE', CASE n WHEN 2 THEN 'ENABLING' WHEN 3 THEN 'DISABLING' ELSE 'ENABLED' END, '[]', now()
        FROM generate_series(1, 500) AS n
        """,
        """
        INSERT INTO extenddb.stream_shards (stream_id, shard, last_number, trimmed_number, size_bytes, done_id)
        SELECT s, n, CASE s WHEN 1 THEN 30000 ELSE 0 END, CASE s WHEN 1 THEN 5000 ELSE 0 END, 100, CASE s WHEN 1 THEN 20000 ELSE 0 END
        FROM generate_series(1, 500) AS s
        CROSS JOIN generate_series(0, 3) AS n
        """,
        """
        INSERT INTO extenddb.stream_records (stream_id, shard, number, event_name, is_expiry, created_at, size_bytes, keys)
        SELECT 1, s, n, 'INSERT', false, now() - interval '30 hours' + n * interval '1 second', 10, '{"A": {"S": "x"}}'
        FROM generate_series(0, 3) AS s
        CROSS JOIN generate_series(5001, 30000) AS n
        """,
        """
        INSERT INTO extenddb.stream_pending (stream_id, shard, id, event_name, is_expiry, created_at, size_bytes, keys)
        OVERRIDING SYSTEM VALUE
        SELECT 1, n % 4, n, 'INSERT', false, now(), 10, '{"A": {"S": "x"}}'
        FROM generate_series(10001, 40000) AS n
        """,
        """
        INSERT INTO extenddb.tables
            (id, name, table_id, key_schema, attribute_definitions, deletion_protection, created_at, ttl_attribute)
        OVERRIDING SYSTEM VALUE
        SELECT n, 'Table' || n, md5(n::text)::uuid,
               '[{"AttributeName": "A", "KeyType": "HASH"}]', '[{"AttributeName": "A", "AttributeType": "S"}]', false, now(),
               'E'
        FROM generate_series(1, 1000) AS n
        """,
        """
        INSERT INTO extenddb.secondary_indexes
            (id, table_id, name, kind, key_schema, projection_type, non_key_attributes, status, created_at, backfilled_at,
             backfill_phase)
        OVERRIDING SYSTEM VALUE
        SELECT n, 1 + (n - 1) % 100, 'Index' || n, 'GLOBAL', '[{"AttributeName": "A", "KeyType": "HASH"}]', 'ALL', '{}',
               CASE n WHEN 901 THEN 'CREATING' ELSE 'ACTIVE' END, now() - interval '3 hours',
               CASE n WHEN 901 THEN now() - interval '2 hours' END, CASE n WHEN 901 THEN 'DRAINING' ELSE 'NONE' END
        FROM generate_series(1, 1000) AS n
        """,
        """
        INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
        SELECT 1, '80000000-0000-0000-0000-000000000000', int4send(n), '{"A": {"S": "x"}}'::jsonb, 10, 1, 32
        FROM generate_series(1, 200000) AS n
        UNION ALL
        SELECT 1 + n % 2, md5(n::text)::uuid, '', '{"A": {"S": "x"}}', 10, 1, get_byte(decode(md5(n::text), 'hex'), 0) >> 2
        FROM generate_series(1, 150000) AS n
        """,
        """
        INSERT INTO extenddb.index_entries
            (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes, slot)
        SELECT 1, partition_hash, sort_key, '40000000-0000-0000-0000-000000000000',
               CASE get_byte(sort_key, 3) % 2 WHEN 0 THEN int4send(100000) ELSE sort_key END, document, size_bytes, slot
        FROM extenddb.items
        WHERE sort_key <> ''
        UNION ALL
        SELECT table_id, partition_hash, sort_key, partition_hash, '', document, size_bytes, slot
        FROM extenddb.items
        WHERE sort_key = ''
        """,
        """
        INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
        SELECT n % 64,
               now() + CASE WHEN n <= 249600 THEN n * interval '14 ms' - interval '1 hour'
                            WHEN n <= 499200 THEN n * interval '1 ms' + interval '1 day'
                            ELSE interval '1 month' END,
               1, encode(set_byte(decode(repeat('00', 16), 'hex'), 0, n % 64 << 2), 'hex')::uuid, int4send(1 + n % 200000), '{1,2}'
        FROM generate_series(1, 499520) AS n
        """,
        """
        INSERT INTO extenddb.gsi_quarantine
            (index_id, partition_hash, sort_key, table_id, sqlstate, message, attempts, first_failed_at, last_failed_at, retry_at, slot)
        SELECT CASE WHEN n <= 5000 THEN 1 ELSE n / 10 - 498 END, '80000000-0000-0000-0000-000000000000', int4send(n), 1, '22P02', 'bad',
               1, now(), now(), now() + (n - 5000) * interval '1 minute', 32
        FROM generate_series(1, 10000) AS n
        """,
        """
        INSERT INTO extenddb.transaction_tokens (token, request_hash, created_at)
        SELECT 'token-' || n, sha256(int4send(n)), now() - interval '20 minutes' + n * interval '10 minutes' / 10000
        FROM generate_series(1, 10000) AS n
        """,
        """
        INSERT INTO extenddb.removed_definitions (kind, id, name)
        SELECT kind, n, 'Removed' || n
        FROM generate_series(1, 1000) AS n
        CROSS JOIN (VALUES ('INDEX'), ('TABLE')) AS k (kind)
        """,
    ];
}
