using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

public class VerifiedRangesTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>, IAsyncLifetime
{
    private const int OfRange = 2_000;
    private const int Many = 2 * OfRange + 500;
    private static readonly int[] Boundaries =
        [0, OfRange - 1, OfRange, OfRange + 1, 2 * OfRange - 1, 2 * OfRange, 2 * OfRange + 1, Many - 1];

    private PropagationHost? _host;

    private PropagationHost Host => _host!;

    public async Task InitializeAsync() =>
        _host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(OfRange, 1)]
    [InlineData(OfRange + 1, 2)]
    [InlineData(2 * OfRange + 1, 3)]
    public async Task Each_item_is_compared_once_in_as_few_ranges_as_it_needs(int items, int expected)
    {
        var table = await TableAsync();
        await WrittenItems.AddAsync(Host, table, Items(items));

        var ranges = await RangesAsync(table, "All");

        ranges.Should().HaveCount(expected);
        ranges.Should().OnlyContain(range => range.Items <= OfRange && range.Entries <= OfRange && range.Divergent.Count == 0);
        (ranges.Sum(r => r.Items), ranges.Sum(r => r.Entries)).Should().Be((items, items));
    }

    [Theory]
    [InlineData("All")]
    [InlineData("Keys")]
    [InlineData("Local")]
    public async Task Entries_missing_at_the_ends_of_ranges_are_found_once_each(string index)
    {
        var table = await TableAsync();
        await WrittenItems.AddAsync(Host, table, Items(Many));
        await WrittenItems.RemoveEntriesAsync(Host, table, index, Boundaries);

        var found = (await RangesAsync(table, index)).SelectMany(range => range.Divergent).ToList();

        found.Should().HaveCount(Boundaries.Length).And.OnlyContain(f => f.Divergence == Divergence.Missing);
        found.Select(f => f.Key).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Entries_without_any_item_are_orphaned_in_ranges_of_their_own()
    {
        var table = await TableAsync();
        await WrittenItems.AddAsync(Host, table, Items(Many));
        await Oracle.ScalarAsync(Host, "DELETE FROM extenddb.items");

        var ranges = await RangesAsync(table, "Keys");

        ranges.Should().HaveCount(3).And.OnlyContain(range => range.Items == 0);
        ranges.SelectMany(r => r.Divergent).Should().HaveCount(Many).And.OnlyContain(f => f.Divergence == Divergence.Orphaned);
    }

    [Fact]
    public async Task Orphans_between_items_end_no_range_too_late()
    {
        var table = await TableAsync();
        await WrittenItems.AddAsync(Host, table, Items(Many));
        await Oracle.ScalarAsync(
            Host, $"DELETE FROM extenddb.items WHERE NOT {WrittenItems.Places(table, [.. Enumerable.Range(0, 450).Select(n => n * 10)])}");

        var ranges = await RangesAsync(table, "All");

        ranges.Should().HaveCount(3).And.OnlyContain(range => range.Entries <= OfRange);
        ranges.SelectMany(r => r.Divergent).Should().HaveCount(Many - 450).And.OnlyContain(f => f.Divergence == Divergence.Orphaned);
    }

    [Theory]
    [InlineData(AttributeType.S)]
    [InlineData(AttributeType.N)]
    [InlineData(AttributeType.B)]
    public async Task Partition_of_many_items_is_divided_by_its_sort_keys_of_any_type(AttributeType type)
    {
        var table = await TableAsync(type);
        await WrittenItems.AddAsync(Host, table, Enumerable.Range(0, Many).Select(n => Item("one", SortKey(type, n), n)));
        await WrittenItems.RemoveEntriesAsync(Host, table, "Keys", Boundaries);

        var ranges = await RangesAsync(table, "Keys");

        ranges.Should().HaveCount(3);
        ranges.Sum(r => r.Items).Should().Be(Many);
        ranges.SelectMany(r => r.Divergent).Should().HaveCount(Boundaries.Length)
            .And.OnlyContain(f => f.Divergence == Divergence.Missing);
    }

    [Fact]
    public async Task Keys_at_both_ends_of_all_keys_are_compared()
    {
        var table = await TableAsync(AttributeType.B);
        await WrittenItems.AddAsync(Host, table,
        [
            Item("last", Bytes(0xFF, 1_024), 1), Item("first", Bytes(0x00, 1), 2),
        ]);
        await Oracle.ScalarAsync(Host, $"""
            UPDATE extenddb.items SET partition_hash = '{Guid.AllBitsSet}', slot = 63 WHERE length(sort_key) = 1024;
            UPDATE extenddb.items SET partition_hash = '{Guid.Empty}', slot = 0 WHERE length(sort_key) = 1;
            DELETE FROM extenddb.index_entries
            """);

        var ranges = await RangesAsync(table, "All");

        ranges.Should().ContainSingle().Which.Divergent.Select(f => f.Key.PartitionHash)
            .Should().BeEquivalentTo([Guid.Empty, Guid.AllBitsSet]);
    }

    [Fact]
    public async Task Index_that_holds_no_item_is_compared_with_all_of_them()
    {
        var table = await TableAsync();
        await WrittenItems.AddAsync(Host, table, Items(Many).Select(item => item.Without("Size")));

        var ranges = await RangesAsync(table, "Keys");

        (ranges.Count, ranges.Sum(r => r.Items), ranges.Sum(r => r.Entries), ranges.Sum(r => r.Divergent.Count))
            .Should().Be((3, Many, 0, 0));
    }

    [Fact]
    public async Task Waiting_markers_and_quarantine_excuse_their_keys_in_each_range()
    {
        var table = await TableAsync();
        await WrittenItems.AddAsync(Host, table, Items(Many));
        await WrittenItems.RemoveEntriesAsync(Host, table, "All", Boundaries);
        var id = table.ActiveIndex("All").Id;
        await Oracle.ScalarAsync(Host, $"""
            INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
            SELECT slot, now() + interval '1 day', table_id, partition_hash, sort_key, ARRAY[{id}]
            FROM extenddb.items WHERE {WrittenItems.Places(table, OfRange - 1, OfRange, Many - 1)}
            """);
        await Oracle.ScalarAsync(Host, $"""
            INSERT INTO extenddb.gsi_quarantine
            SELECT {id}, partition_hash, sort_key, table_id, 'XX000', 'test', 1, now(), now(), 'infinity', slot
            FROM extenddb.items WHERE {WrittenItems.Places(table, 0, 2 * OfRange)}
            """);

        var ranges = await RangesAsync(table, "All");

        ranges.Select(r => (r.Waiting, r.Divergent.Count)).Should().Equal((2, 0), (1, 2), (2, 1));
    }

    [Fact]
    public async Task Index_that_is_dropped_while_it_is_verified_is_compared_no_further()
    {
        var table = await TableAsync();
        await WrittenItems.AddAsync(Host, table, Items(Many));
        var ranges = new List<VerifiedRange>();

        await foreach (var range in Ranges(table, "All"))
        {
            ranges.Add(range);
            await Host.Db.UpdateTableAsync(new(table.Name) { GlobalSecondaryIndexUpdates = [new() { Delete = new("All") }] });
            await Oracle.ScalarAsync(Host, "DELETE FROM extenddb.index_entries");
        }

        ranges.Should().ContainSingle().Which.Divergent.Should().BeEmpty();
    }

    [Fact]
    public async Task Verification_that_goes_on_from_a_place_compares_what_comes_behind_it()
    {
        var table = await TableAsync();
        await WrittenItems.AddAsync(Host, table, Items(Many));
        var next = (await RangesAsync(table, "All"))[0].Next;

        var rest = await RangesAsync(table, "All", next);

        rest.Sum(range => range.Items).Should().Be(Many - OfRange);
    }

    [Fact]
    public async Task No_snapshot_and_no_transaction_outlasts_a_range()
    {
        var table = await TableAsync();
        await WrittenItems.AddAsync(Host, table, Items(Many));
        await using var observer = await PropagationHost.StartWithoutWorkerAsync(Host.ConnectionString);
        var open = new List<object?>();

        await foreach (var _ in Ranges(table, "All"))
        {
            open.Add(await Oracle.ScalarAsync(
                observer,
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE application_name = $1 AND (backend_xmin IS NOT NULL OR xact_start IS NOT NULL)
                """,
                Host.ApplicationName));
        }

        open.Should().HaveCount(3).And.OnlyContain(count => Equals(count, 0L));
    }

    [Fact]
    public async Task Nothing_is_found_in_many_ranges_while_writers_and_workers_run()
    {
        var table = await TableAsync();
        await WrittenItems.AddAsync(Host, table, Items(Many));
        await using var worker = await PropagationHost.StartAsync(Host.ConnectionString);
        using var enough = new CancellationTokenSource();
        var seed = SeededRandom.Printed(output).Seed;
        var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            var random = new Random(seed + writer);
            while (!enough.IsCancellationRequested)
            {
                var n = random.Next(Many);
                var key = new AttributeMap { ["Id"] = $"item-{n}", ["Sort"] = SortKey(AttributeType.N, n) };
                await (random.Next(3) == 0
                    ? Host.Db.DeleteItemAsync(new(table.Name, key))
                    : (Task)Host.PutAsync(table.Name, key.With("Size", random.Next(100)).With("Note", "x")));
            }
        })).ToList();

        var ranges = new List<VerifiedRange>();
        for (var i = 0; i < 4; i++)
        {
            foreach (var index in table.Indexes)
            {
                ranges.AddRange(await RangesAsync(table, index.Name));
            }
        }

        await enough.CancelAsync();
        await Task.WhenAll(writers);
        ranges.SelectMany(range => range.Divergent).Should().BeEmpty();
        await Oracle.DrainedAndExactAsync(Host);
    }

    private async Task<TableDefinition> TableAsync(AttributeType sort = AttributeType.N)
    {
        await Host.Db.CreateTableAsync(new CreateTableRequest(
            "Ranged",
            [new("Id", KeyType.HASH), new("Sort", KeyType.RANGE)],
            [new("Id", AttributeType.S), new("Sort", sort), new("Size", AttributeType.N)])
        {
            GlobalSecondaryIndexes =
            [
                new("All", [new("Id", KeyType.HASH)], Projection.All),
                new("Keys", [new("Size", KeyType.HASH)], Projection.KeysOnly),
            ],
            LocalSecondaryIndexes = [new("Local", [new("Id", KeyType.HASH), new("Size", KeyType.RANGE)], Projection.Include("Note"))],
        });
        return await Host.Db.GetTableDefinitionAsync("Ranged");
    }

    private static IEnumerable<AttributeMap> Items(int count) =>
        Enumerable.Range(0, count).Select(n => Item($"item-{n}", SortKey(AttributeType.N, n), n % 100));

    private static AttributeMap Item(string id, AttributeValue sort, int size) =>
        new() { ["Id"] = id, ["Sort"] = sort, ["Size"] = size, ["Note"] = "note", ["Other"] = "other" };

    // Negative and positive, of different lengths.
    private static AttributeValue SortKey(AttributeType type, int n) => type switch
    {
        AttributeType.S => $"{new string('é', n % 5)}{n}",
        AttributeType.N => n - (Many / 2),
        _ => new AttributeValue.B(BitConverter.GetBytes(n)),
    };

    private static AttributeValue.B Bytes(byte value, int length) =>
        new(Enumerable.Repeat(value, length).ToArray());

    private IAsyncEnumerable<VerifiedRange> Ranges(TableDefinition table, string index, ItemKey? from = null) =>
        IndexVerification.RangesAsync(Host.Database, table, table.Indexes.Single(i => i.Name == index), from, default);

    private async Task<List<VerifiedRange>> RangesAsync(TableDefinition table, string index, ItemKey? from = null)
    {
        var ranges = new List<VerifiedRange>();
        await foreach (var range in Ranges(table, index, from))
        {
            ranges.Add(range);
        }

        return ranges;
    }
}
