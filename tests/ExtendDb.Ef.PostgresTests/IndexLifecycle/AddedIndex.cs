using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

/// <summary>A global index that is added to a table, or removed from it, while it is used.</summary>
internal static class AddedIndex
{
    public const string Name = "ByColour";
    private const string Key = "Colour";

    // As the worker waits between two steps of a change.
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(50);

    /// <summary>The request that adds an index by Colour to a table.</summary>
    public static UpdateTableRequest Create(string table) => new(table)
    {
        AttributeDefinitions = [new(Key, AttributeType.S)],
        GlobalSecondaryIndexUpdates =
        [
            new() { Create = new(Name, [new(Key, KeyType.HASH)], Projection.All) { PropagationDelay = Tables.Short } },
        ],
    };

    public static UpdateTableRequest Delete(string table) => new(table)
    {
        GlobalSecondaryIndexUpdates = [new() { Delete = new(Name) }],
    };

    /// <summary>An item of the table that the index has, or not.</summary>
    public static AttributeMap Item(string id, AttributeValue? colour)
    {
        var item = Tables.Item(id, 1);
        return colour is null ? item : item.With(Key, colour);
    }

    /// <summary>Returns the state of the index; null when there is none.</summary>
    public static async Task<IndexStatus?> StatusAsync(PropagationHost host, string table) =>
        (await host.Db.DescribeTableAsync(new(table))).Table.GlobalSecondaryIndexes.FirstOrDefault(i => i.IndexName == Name)?.IndexStatus;

    public static Task ActiveAsync(PropagationHost host, string table) => Waiting.UntilAsync(
        async () => await StatusAsync(host, table) == IndexStatus.ACTIVE, "the index is filled");

    /// <summary>Waits until the worker whose time this is has done some more steps of its changes of indexes.</summary>
    public static Task StepsAsync(NotedWaits time, int steps) => time.UntilBegunAsync(steps, BetweenSteps);

    /// <summary>Puts many items without any index update, as they would be from before the index.</summary>
    public static Task FillAsync(PropagationHost host, TableDefinition table, int items) => Oracle.ScalarAsync(
        host,
        """
        INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
        SELECT $1, encode(substring(sha256(convert_to('old-' || n, 'UTF8')), 1, 16), 'hex')::uuid, '',
               jsonb_build_object('Id', jsonb_build_object('S', 'old-' || n), 'Colour', jsonb_build_object('S', 'c' || n % 7)),
               length('Id') + length('old-' || n) + length('Colour') + 2, 1,
               get_byte(sha256(convert_to('old-' || n, 'UTF8')), 0) >> 2
        FROM generate_series(1, $2) AS n
        """,
        table.Id,
        items);

    public static async Task<long> EntriesAsync(PropagationHost host) =>
        (long)(await Oracle.ScalarAsync(
            host,
            """
            SELECT count(*) FROM extenddb.index_entries AS e JOIN extenddb.secondary_indexes AS i ON i.id = e.index_id
            WHERE i.name = 'ByColour'
            """))!;
}
