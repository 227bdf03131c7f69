using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

public class IndexRepairTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>, IAsyncLifetime
{
    private const int Count = 40;

    private PropagationHost? _host;
    private TableDefinition? _table;

    private PropagationHost Host => _host!;

    private TableDefinition Table => _table!;

    public async Task InitializeAsync()
    {
        _host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        await Host.Db.CreateTableAsync(new CreateTableRequest(
            "Repaired",
            [new("Id", KeyType.HASH), new("N", KeyType.RANGE)],
            [new("Id", AttributeType.S), new("N", AttributeType.N), new("Size", AttributeType.N)])
        {
            GlobalSecondaryIndexes =
            [
                new("All", [new("Size", KeyType.HASH), new("N", KeyType.RANGE)], Projection.All),
                new("Keys", [new("Size", KeyType.HASH)], Projection.KeysOnly),
            ],
            LocalSecondaryIndexes = [new("Local", [new("Id", KeyType.HASH), new("Size", KeyType.RANGE)], Projection.Include("Note"))],
        });
        _table = await Host.Db.GetTableDefinitionAsync("Repaired");
        await WrittenItems.AddAsync(Host, Table, Enumerable.Range(0, Count).Select(n => Item(n, size: n)));
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Theory]
    [InlineData("All")]
    [InlineData("Keys")]
    [InlineData("Local")]
    public async Task Entries_that_are_wrong_in_any_way_are_right_afterwards(string index)
    {
        await DamageAsync(index);
        var found = await DivergentAsync(index);

        await RepairAsync(index);
        await Oracle.ApplyAllAndExactAsync(Host);

        found.Should().Be(8);
    }

    [Fact]
    public async Task Only_the_divergent_keys_get_markers_and_only_of_their_index()
    {
        await DamageAsync("Keys");

        await RepairAsync("Keys");

        (await WrittenItems.MarkersAsync(Host, Table)).Should().Equal(new Dictionary<string, int> { ["Keys"] = 8 });
    }

    [Fact]
    public async Task Repair_of_a_local_index_enqueues_nothing_and_leaves_right_entries_alone()
    {
        await DamageAsync("Local");
        var before = await Oracle.ScalarAsync(Host, "SELECT max(xmin::text::bigint) FROM extenddb.index_entries");

        await RepairAsync("Local");

        (await Oracle.PendingAsync(Host)).Should().Be(0);
        (await Oracle.ScalarAsync(Host, "SELECT count(*) FROM extenddb.index_entries WHERE xmin::text::bigint > $1", before!))
            .Should().Be(6L, "two are missing, four are stale, and the two without items are gone");
        (await DivergentAsync("Local")).Should().Be(0);
    }

    [Fact]
    public async Task Repair_of_what_is_right_by_now_changes_nothing()
    {
        await WrittenItems.RemoveEntriesAsync(Host, Table, "All", 1, 2, 3);
        var keys = (await RangeAsync("All")).Divergent.Select(f => f.Key).ToList();
        await IndexRepair.RunAsync(Host.Database, Table, Index("All"), keys, default);
        await Oracle.ApplyAllAndExactAsync(Host);

        await IndexRepair.RunAsync(Host.Database, Table, Index("All"), keys, default);
        await IndexRepair.RunAsync(Host.Database, Table, Index("Local"), keys, default);

        await Oracle.ApplyAllAndExactAsync(Host);
    }

    [Theory]
    [InlineData("All")]
    [InlineData("Local")]
    public async Task Entry_of_an_item_that_has_left_the_index_is_removed(string index)
    {
        await Oracle.ScalarAsync(
            Host, $"UPDATE extenddb.items SET document = document - 'Size' WHERE {WrittenItems.Places(Table, 5, 6)}");
        await Oracle.ScalarAsync(Host, """
            UPDATE extenddb.items SET size_bytes = size_bytes - length('Size') - 2 WHERE NOT document ? 'Size'
            """);

        await RepairAsync("All");
        await RepairAsync("Keys");
        await RepairAsync("Local");
        await Oracle.ApplyAllAndExactAsync(Host);

        (await ChangedDelay.EntriesAsync(Host, index)).Should().Be(Count - 2);
    }

    [Fact]
    public async Task Repair_of_a_local_index_waits_for_who_writes_the_item_and_ends_with_what_was_written()
    {
        await DamageSizeAsync("Local", 7);
        var key = await KeyAtAsync(7);
        await using var writer = await PropagationHost.StartWithoutWorkerAsync(Host.ConnectionString);
        await using var context = writer.CreateContext();
        await using var open = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().UpdateItemAsync(new("Repaired", key)
        {
            UpdateExpression = "SET #size = :size",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#size"] = "Size" },
            ExpressionAttributeValues = new AttributeMap { [":size"] = 999 },
        });

        var repair = Task.Run(() => RepairAsync("Local"));
        await Oracle.WaitingForLockAsync(Host, writer);
        var ended = repair.IsCompleted;
        await open.CommitAsync();
        await repair;

        ended.Should().BeFalse();
        await Oracle.ApplyAllAndExactAsync(Host);
    }

    [Fact]
    public async Task Repair_of_a_local_index_beside_the_deletion_of_the_item_leaves_no_entry()
    {
        await DamageSizeAsync("Local", 7);
        var key = await KeyAtAsync(7);
        await using var writer = await PropagationHost.StartWithoutWorkerAsync(Host.ConnectionString);
        await using var context = writer.CreateContext();
        await using var open = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().DeleteItemAsync(new("Repaired", key));

        var repair = Task.Run(() => RepairAsync("Local"));
        await Oracle.WaitingForLockAsync(Host, writer);
        await open.CommitAsync();
        await repair;

        await Oracle.ApplyAllAndExactAsync(Host);
        (await ChangedDelay.EntriesAsync(Host, "Local")).Should().Be(Count - 1);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Entry_without_item_stays_when_the_item_is_put_before_the_repair_has_removed_it(int size)
    {
        await Oracle.ScalarAsync(Host, $"DELETE FROM extenddb.items WHERE {WrittenItems.Places(Table, 7)}");
        var keys = (await RangeAsync("Local")).Divergent.Select(f => f.Key).ToList();
        await using var writer = await PropagationHost.StartWithoutWorkerAsync(Host.ConnectionString);
        await using var context = writer.CreateContext();
        await using var open = await context.Database.BeginTransactionAsync();
        foreach (var n in Enumerable.Range(0, Count))
        {
            // One of them puts the item again; its entry is the one without item, or another.
            await context.ExtendDb().PutItemAsync(new("Repaired", Item(n, n == 7 ? size : n)));
        }

        var repair = Task.Run(() => IndexRepair.RunAsync(Host.Database, Table, Index("Local"), keys, default));
        await Oracle.WaitingForLockAsync(Host, writer);
        await open.CommitAsync();
        await repair;

        await Oracle.ApplyAllAndExactAsync(Host);
        (await ChangedDelay.EntriesAsync(Host, "Local")).Should().Be(Count);
    }

    [Fact]
    public async Task Entry_without_item_is_removed_from_a_local_index_but_not_beside_one_that_came_meanwhile()
    {
        await Oracle.ScalarAsync(Host, $"DELETE FROM extenddb.items WHERE {WrittenItems.Places(Table, 3)}");
        var keys = (await RangeAsync("Local")).Divergent.Select(f => f.Key).ToList();
        await RepairAsync("Local");
        await RepairAsync("All");
        await RepairAsync("Keys");
        var gone = await ChangedDelay.EntriesAsync(Host, "Local");
        await Oracle.ApplyAllAndExactAsync(Host);
        await Host.PutAsync("Repaired", Item(3, size: 3));
        for (var n = 0; n < Count; n++)
        {
            await Host.PutAsync("Repaired", Item(n, size: n));
        }

        await IndexRepair.RunAsync(Host.Database, Table, Index("Local"), keys, default);

        gone.Should().Be(Count - 1);
        await Oracle.ApplyAllAndExactAsync(Host);
        (await ChangedDelay.EntriesAsync(Host, "Local")).Should().Be(Count);
    }

    /// <summary>Makes two entries of each of four kinds wrong.</summary>
    private async Task DamageAsync(string index)
    {
        await WrittenItems.RemoveEntriesAsync(Host, Table, index, 0, 1);
        await DamageSizeAsync(index, 2);
        await SetAsync(index, "key_sort = 'x'", 3);
        await SetAsync(index, "key_hash = md5('x')::uuid", 4);
        await SetAsync(index, """document = document || '{"X":{"S":"x"}}'""", 5);
        await Oracle.ScalarAsync(Host, $"""
            INSERT INTO extenddb.index_entries (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes, slot)
            SELECT index_id, md5(partition_hash::text || n)::uuid, sort_key, key_hash, key_sort, document, size_bytes,
                   get_byte(decode(md5(partition_hash::text || n), 'hex'), 0) >> 2
            FROM extenddb.index_entries CROSS JOIN generate_series(1, 2) AS n
            WHERE index_id = {Index(index).Id} AND {WrittenItems.Places(Table, 9)}
            """);
    }

    private Task<object?> DamageSizeAsync(string index, int number) => SetAsync(index, "size_bytes = 1", number);

    private Task<object?> SetAsync(string index, string change, int number) => Oracle.ScalarAsync(
        Host,
        $"""
        UPDATE extenddb.index_entries SET {change}
        WHERE index_id = {Index(index).Id} AND {WrittenItems.Places(Table, number)}
        """);

    private async Task RepairAsync(string index)
    {
        var divergent = (await RangeAsync(index)).Divergent;
        await IndexRepair.RunAsync(Host.Database, Table, Index(index), divergent.ConvertAll(f => f.Key), default);
    }

    private async Task<int> DivergentAsync(string index) => (await RangeAsync(index)).Divergent.Count;

    private async Task<VerifiedRange> RangeAsync(string index)
    {
        var ranges = new List<VerifiedRange>();
        await foreach (var range in IndexVerification.RangesAsync(Host.Database, Table, Index(index), from: null, default))
        {
            ranges.Add(range);
        }

        return ranges.Single();
    }

    private async Task<AttributeMap> KeyAtAsync(int number)
    {
        var n = (string)(await Oracle.ScalarAsync(
            Host, $"SELECT document #>> '{{N,N}}' FROM extenddb.items WHERE {WrittenItems.Places(Table, number)}"))!;
        return Table.KeySchema.KeyOf(Item(int.Parse(n, System.Globalization.CultureInfo.InvariantCulture), 0));
    }

    private IndexDefinition Index(string name) => Table.Indexes.Single(i => i.Name == name);

    private static AttributeMap Item(int n, int size) =>
        new() { ["Id"] = $"p{n % 3}", ["N"] = n, ["Size"] = size, ["Note"] = $"note {n}", ["Other"] = $"other {n}" };
}
