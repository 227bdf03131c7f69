namespace ExtendDb.Ef.PostgresTests.Migrations;

/// <summary>A database of the last schema in which the queue was divided into 32 shards, and items had no slot.</summary>
/// <remarks>
/// One table with a global and a local index. Every tenth item was changed after its entry of the global index: its marker
/// waits, in the odd ones of them for an hour, and the entries of some have been refused before.
/// </remarks>
internal static class ShardedQueue
{
    public const string Migration = "20261129072151_Streams";
    public const int Items = 6_000;
    public const int Markers = Items / 10;
    public const int Quarantined = Items / 100;

    /// <summary>The shard of an item, as processes of that version compute it.</summary>
    public const string ShardOfItem = "get_byte(sha256(uuid_send(partition_hash) || sort_key), 0) % 32";

    /// <summary>The version of the last item, which no other item has, and which is in the last page.</summary>
    public const int LastItemVersion = 77;

    private const string HashOfColour = "encode(substring(sha256(convert_to(n.colour, 'UTF8')), 1, 16), 'hex')::uuid";

    // 1500 bytes a row, below the size at which PostgreSQL compresses it or moves it to another table: 5 rows a page of 8 KB.
    private static readonly string Insert = $$"""
        INSERT INTO extenddb.tables
            (name, table_id, key_schema, attribute_definitions, deletion_protection, created_at)
        VALUES (
            'Goods', gen_random_uuid(),
            '[{"AttributeName":"Id","KeyType":"HASH"},{"AttributeName":"Day","KeyType":"RANGE"}]',
            '[{"AttributeName":"Id","AttributeType":"S"},{"AttributeName":"Day","AttributeType":"S"},
              {"AttributeName":"Colour","AttributeType":"S"}]',
            false, now());

        INSERT INTO extenddb.secondary_indexes
            (table_id, name, kind, key_schema, projection_type, non_key_attributes, status, propagation_delay_ms)
        SELECT t.id, i.name, i.kind, i.key_schema::jsonb, 'KEYS_ONLY', '{}', 'ACTIVE', i.delay
        FROM extenddb.tables AS t
        CROSS JOIN (VALUES
            ('ByColour', 'GLOBAL', '[{"AttributeName":"Colour","KeyType":"HASH"}]', 10),
            ('OfId', 'LOCAL',
             '[{"AttributeName":"Id","KeyType":"HASH"},{"AttributeName":"Colour","KeyType":"RANGE"}]', NULL))
            AS i (name, kind, key_schema, delay);

        INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version)
        SELECT t.id, encode(substring(sha256(convert_to('id' || n, 'UTF8')), 1, 16), 'hex')::uuid, convert_to('d' || n % 7, 'UTF8'),
               jsonb_build_object(
                   'Id', jsonb_build_object('S', 'id' || n), 'Day', jsonb_build_object('S', 'd' || n % 7),
                   'Colour', jsonb_build_object('S', 'c' || n % 9), 'Pad', jsonb_build_object('S', repeat('x', 1300))),
               length('Id' || 'id' || n || 'Day' || 'd0' || 'Colour' || 'c0' || 'Pad') + 1300,
               CASE n WHEN {{Items}} THEN {{LastItemVersion}} ELSE 1 END
        FROM extenddb.tables AS t, generate_series(1, {{Items}}) AS n
        ORDER BY n;

        CREATE TEMPORARY TABLE numbered AS
        SELECT i.*, substr(i.document #>> '{Id,S}', 3)::int AS n, i.document #>> '{Colour,S}' AS colour,
               i.document - 'Pad' AS projected, i.size_bytes - length('Pad') - 1300 AS projected_bytes
        FROM extenddb.items AS i;

        INSERT INTO extenddb.index_entries
            (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes)
        SELECT i.id, n.partition_hash, n.sort_key,
               CASE i.kind WHEN 'GLOBAL' THEN {{HashOfColour}} ELSE n.partition_hash END,
               CASE i.kind WHEN 'GLOBAL' THEN '' ELSE convert_to(n.colour, 'UTF8') END,
               n.projected, n.projected_bytes
        FROM extenddb.secondary_indexes AS i
        CROSS JOIN numbered AS n
        WHERE i.kind = 'LOCAL' OR n.n % 10 <> 0
        UNION ALL
        SELECT i.id, n.partition_hash, n.sort_key, encode(substring(sha256('old'), 1, 16), 'hex')::uuid, '',
               jsonb_set(n.projected, '{Colour,S}', '"old"'), n.projected_bytes + 1
        FROM extenddb.secondary_indexes AS i
        CROSS JOIN numbered AS n
        WHERE i.kind = 'GLOBAL' AND n.n % 10 = 0;

        INSERT INTO extenddb.gsi_pending (shard, ready_at, table_id, partition_hash, sort_key, index_ids)
        SELECT {{ShardOfItem}},
               now() + CASE n.n % 20 WHEN 0 THEN interval '-1 minute' ELSE interval '1 hour' END, n.table_id, n.partition_hash,
               n.sort_key, ARRAY[i.id]
        FROM extenddb.secondary_indexes AS i
        CROSS JOIN numbered AS n
        WHERE i.kind = 'GLOBAL' AND n.n % 10 = 0;

        INSERT INTO extenddb.gsi_quarantine
            (index_id, partition_hash, sort_key, table_id, sqlstate, message, attempts, first_failed_at, last_failed_at, retry_at)
        SELECT i.id, n.partition_hash, n.sort_key, n.table_id, '54000', 'too large', 3, now(), now(),
               CASE n.n % 200 WHEN 0 THEN NULL ELSE now() + interval '1 hour' END
        FROM extenddb.secondary_indexes AS i
        CROSS JOIN numbered AS n
        WHERE i.kind = 'GLOBAL' AND n.n % 100 = 0;

        DROP TABLE numbered;
        """;

    /// <summary>Migrates an empty database to that schema, and fills it.</summary>
    public static async Task CreateAsync(string connectionString)
    {
        await MigrateAsync(connectionString);
        await Sql.ExecuteAsync(connectionString, Insert);
    }

    /// <summary>Migrates a database up or down to that schema.</summary>
    public static Task MigrateAsync(string connectionString) => DotnetEf.UpdateAsync(connectionString, Migration);
}
