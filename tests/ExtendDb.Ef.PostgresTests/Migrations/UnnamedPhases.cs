using Npgsql;

namespace ExtendDb.Ef.PostgresTests.Migrations;

/// <summary>A database of the last schema in which no column named the phase of a backfill.</summary>
internal static class UnnamedPhases
{
    public const string Table = "Notes";
    public const int Items = 2_000;
    public const int Walked = 700;
    private const string Migration = "20261125130621_PropagationDelays";

    /// <summary>Migrates a database up or down to that schema.</summary>
    public static Task MigrateAsync(string connectionString) => DotnetEf.UpdateAsync(connectionString, Migration);

    /// <summary>Inserts a table with items, and an index in each state that the old columns tell.</summary>
    /// <param name="connectionString">A database of that schema.</param>
    /// <param name="due">The time, counted from now, at which the markers of the begun walks are due.</param>
    /// <remarks>No item has the key of the indexes that are ACTIVE, so that these are complete without any entry.</remarks>
    public static async Task InsertAsync(string connectionString, TimeSpan due)
    {
        await RunAsync(connectionString, $$"""
            INSERT INTO extenddb.tables
                (name, table_id, status, key_schema, attribute_definitions, deletion_protection, created_at)
            VALUES (
                '{{Table}}', gen_random_uuid(), 'ACTIVE',
                '[{"AttributeName":"Id","KeyType":"HASH"},{"AttributeName":"Day","KeyType":"RANGE"}]',
                '[{"AttributeName":"Id","AttributeType":"S"},{"AttributeName":"Day","AttributeType":"S"},
                  {"AttributeName":"Colour","AttributeType":"S"},{"AttributeName":"Group","AttributeType":"S"}]',
                false, now());

            INSERT INTO extenddb.secondary_indexes
                (table_id, name, kind, key_schema, projection_type, non_key_attributes, status, propagation_delay_ms)
            SELECT t.id, i.name, i.kind, i.key_schema::jsonb, 'ALL', '{}', i.status, i.delay
            FROM extenddb.tables AS t
            CROSS JOIN (VALUES
                ('Unbegun', 'GLOBAL', '[{"AttributeName":"Colour","KeyType":"HASH"}]', 'CREATING', 10),
                ('Begun', 'GLOBAL', '[{"AttributeName":"Colour","KeyType":"HASH"}]', 'CREATING', 10),
                ('Ended', 'GLOBAL', '[{"AttributeName":"Colour","KeyType":"HASH"}]', 'CREATING', 10),
                ('GivenUp', 'GLOBAL', '[{"AttributeName":"Colour","KeyType":"HASH"}]', 'DELETING', 10),
                ('Filled', 'GLOBAL', '[{"AttributeName":"Group","KeyType":"HASH"}]', 'ACTIVE', 10),
                ('Global', 'GLOBAL', '[{"AttributeName":"Group","KeyType":"HASH"}]', 'ACTIVE', 10),
                ('Local', 'LOCAL',
                 '[{"AttributeName":"Id","KeyType":"HASH"},{"AttributeName":"Group","KeyType":"RANGE"}]', 'ACTIVE', NULL))
                AS i (name, kind, key_schema, status, delay);

            INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version)
            SELECT t.id, encode(substring(sha256(convert_to(n::text, 'UTF8')), 1, 16), 'hex')::uuid, 'd',
                   jsonb_build_object(
                       'Id', jsonb_build_object('S', n::text), 'Day', jsonb_build_object('S', 'd'),
                       'Colour', jsonb_build_object('S', 'red')),
                   length('Id') + length(n::text) + length('Day') + length('d') + length('Colour') + length('red'), 1
            FROM extenddb.tables AS t, generate_series(1, {{Items}}) AS n
            """);
        await WalkAsync(connectionString, "Begun", Walked, due);
        await WalkAsync(connectionString, "GivenUp", Walked, due);
        await WalkAsync(connectionString, "Ended", Items, due);

        // It was created by UpdateTable, and kept the time of its last marker when it became ACTIVE.
        await RunAsync(
            connectionString, "UPDATE extenddb.secondary_indexes SET backfilled_at = clock_timestamp() WHERE name = 'Filled'");
    }

    /// <summary>Enqueues the first items of the table for an index, and notes how far that was, as the old backfill did.</summary>
    private static Task WalkAsync(string connectionString, string index, int items, TimeSpan due) => RunAsync(
        connectionString,
        $"""
        WITH walked AS (
            SELECT table_id, partition_hash, sort_key
            FROM extenddb.items
            ORDER BY partition_hash, sort_key
            LIMIT {items}
        ),
        walk AS (
            UPDATE extenddb.secondary_indexes
            SET backfilled_at = clock_timestamp() + interval '{due.TotalSeconds} s'
            WHERE name = '{index}'
            RETURNING id, backfilled_at
        )
        INSERT INTO extenddb.gsi_pending (shard, ready_at, table_id, partition_hash, sort_key, index_ids)
        SELECT get_byte(sha256(uuid_send(partition_hash) || sort_key), 0) % 32, backfilled_at, table_id, partition_hash, sort_key,
               ARRAY[id]
        FROM walked CROSS JOIN walk;

        UPDATE extenddb.secondary_indexes AS i
        SET (backfill_hash, backfill_sort) = (
            SELECT partition_hash, sort_key || '\x00'::bytea
            FROM extenddb.items
            ORDER BY partition_hash, sort_key
            OFFSET {items - 1} LIMIT 1)
        WHERE name = '{index}' AND {items} < {Items}
        """);

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
