using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

public class BatchWriteItemTests(OperationsFixture database) : OperationsTests(database)
{
    [Fact]
    public async Task Puts_and_deletions_of_several_tables_leave_items_markers_and_local_entries()
    {
        var (plain, indexed) = (await Host.CreateAsync(OperationsTable.Of("P:S")), await IndexedAsync());
        await Host.PutAsync(plain, new() { ["P"] = "gone" });
        await Host.PutAsync(indexed.Name, Item("gone"));
        await Host.PutAsync(indexed.Name, Item("moved"));
        await Host.PutAsync(indexed.Name, Item("same"));
        await Host.DrainAsync();

        var response = await Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [plain] = [WriteRequest.Put(new() { ["P"] = "new" }), WriteRequest.Delete(new() { ["P"] = "gone" })],
            [indexed.Name] =
            [
                WriteRequest.Put(Item("new")),
                WriteRequest.Put(Item("moved").With("L", "other").With("G", "other")),
                WriteRequest.Put(Item("same")),
                WriteRequest.Put(Key("sparse")),
                WriteRequest.Delete(Key("gone")),
                WriteRequest.Delete(Key("never")),
            ],
        }));

        response.UnprocessedItems.Should().BeEmpty();
        (await Host.Db.ScanAsync(new(plain))).Items.Should().Equal(new AttributeMap { ["P"] = "new" });
        var expected = new[] { Item("new"), Item("moved").With("L", "other").With("G", "other"), Item("same") };
        (await Host.Db.ScanAsync(new(indexed.Name))).Items.Should().BeEquivalentTo([.. expected, Key("sparse")]);
        (await Host.Db.ScanAsync(new(indexed.Name) { IndexName = "Local" })).Items.Should().BeEquivalentTo(expected);
        (await Host.MarkersAsync(indexed)).Should().HaveCount(3, "three items changed in the global index");
        await Host.DrainAsync();
        (await Host.Db.ScanAsync(new(indexed.Name) { IndexName = "Global" })).Items.Should().BeEquivalentTo(expected);
    }

    [Fact]
    public async Task Twenty_five_writes_are_one_command_to_lock_one_to_write_and_one_for_local_indexes()
    {
        await using var host = await OperationsHost.StartAsync(
            Database.ConnectionString,
            configure: options =>
            {
                options.CatalogPollInterval = TimeSpan.FromMinutes(1);
                options.Backpressure.Mode = GsiBackpressure.Off;
            });
        var table = await host.CreateAsync(Indexed());
        await host.Db.BatchWriteItemAsync(new(Puts(table, 15, "old")));
        using var trips = new RoundTrips();

        await host.Db.BatchWriteItemAsync(new(Puts(table, 25, "new")));

        trips.Commands.Should().HaveCount(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Batch_that_meets_an_item_held_for_too_long_comes_back_whole_and_writes_nothing(bool stored)
    {
        var table = await IndexedAsync();
        if (stored)
        {
            await Host.PutAsync(table.Name, Item("held"));
        }

        await using var holder = Host.CreateContext();
        await using var transaction = await holder.Database.BeginTransactionAsync();
        await holder.ExtendDb().PutItemAsync(new(table.Name, Item("held").With("X", 1)));
        await using var impatient = await ImpatientAsync();
        var before = await Host.RowsAsync();
        var asked = new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [table.Name] = [WriteRequest.Put(Item("free")), WriteRequest.Put(Item("held").With("X", 2))],
        };

        var refused = await impatient.Db.BatchWriteItemAsync(new(asked));

        refused.UnprocessedItems.Should().BeEquivalentTo(asked);
        (await Host.RowsAsync()).Should().Be(before);
        await transaction.CommitAsync();
        (await impatient.Db.BatchWriteItemAsync(new(refused.UnprocessedItems))).UnprocessedItems.Should().BeEmpty();
        (await Host.GetAsync(table.Name, Key("held"))).Should().Equal(Item("held").With("X", 2));
    }

    [Fact]
    public async Task Conflict_in_a_transaction_of_the_callers_own_is_said_because_the_transaction_is_lost()
    {
        var table = await IndexedAsync();
        await Host.PutAsync(table.Name, Item("held"));
        await using var holder = Host.CreateContext();
        await using var held = await holder.Database.BeginTransactionAsync();
        await holder.ExtendDb().PutItemAsync(new(table.Name, Item("held").With("X", 1)));
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Database.ExecuteSqlAsync($"SET LOCAL lock_timeout = '50ms'");

        var refused = () => context.ExtendDb().BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [table.Name] = [WriteRequest.Delete(Key("held"))],
        }));

        await refused.Should().ThrowAsync<TransactionConflictException>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_writers_of_the_same_25_items_never_wait_for_each_other_in_a_circle(bool stored)
    {
        var table = await IndexedAsync();
        if (stored)
        {
            await Host.Db.BatchWriteItemAsync(new(Puts(table.Name, 25, "old")));
        }

        var batches = Enumerable.Range(0, 10).Select(writer =>
        {
            var puts = Puts(table.Name, 25, $"{writer}")[table.Name];
            var turned = puts.Skip(2 * writer).Concat(puts.Take(2 * writer));
            return new BatchWriteItemRequest(new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [table.Name] = [.. writer % 2 == 0 ? turned : turned.Reverse()],
            });
        }).ToList();

        var responses = await Task.WhenAll(batches.Select(batch => Host.Db.BatchWriteItemAsync(batch)));

        responses.Should().OnlyContain(response => response.UnprocessedItems.Count == 0);
        var items = (await Host.Db.ScanAsync(new(table.Name))).Items;
        items.Should().HaveCount(25);
        items.Select(item => item["G"]).Distinct().Should().ContainSingle("one batch was the last, whole");
        (await Host.Db.ScanAsync(new(table.Name) { IndexName = "Local" })).Items.Should().BeEquivalentTo(items);
    }

    [Fact]
    public async Task Racing_puts_and_deletions_of_the_same_items_never_wait_for_each_other_in_a_circle()
    {
        var table = await IndexedAsync();
        var batches = Enumerable.Range(0, 10).Select(writer => new BatchWriteItemRequest(
            new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [table.Name] =
                [
                    .. Enumerable.Range(0, 25).Select(i => (i + writer) % 2 == 0
                        ? WriteRequest.Put(Item($"{i}").With("G", $"{writer}"))
                        : WriteRequest.Delete(Key($"{i}"))),
                ],
            })).ToList();

        for (var round = 0; round < 3; round++)
        {
            var responses = await Task.WhenAll(batches.Select(batch => Host.Db.BatchWriteItemAsync(batch)));

            responses.Should().OnlyContain(response => response.UnprocessedItems.Count == 0);
        }

        (await Host.Db.ScanAsync(new(table.Name) { IndexName = "Local" })).Items
            .Should().BeEquivalentTo((await Host.Db.ScanAsync(new(table.Name))).Items);
    }

    private static AttributeMap Key(string sort) => new() { ["P"] = "p", ["S"] = sort };

    private static AttributeMap Item(string sort) => Key(sort).With("G", "g").With("L", "l");

    private static Dictionary<string, IReadOnlyList<WriteRequest>> Puts(string table, int count, string group) => new()
    {
        [table] = [.. Enumerable.Range(0, count).Select(i => WriteRequest.Put(Item($"{i}").With("G", group)))],
    };

    private static CreateTableRequest Indexed() =>
        OperationsTable.Of("P:S S:S").WithGlobal("Global", "G:S").WithLocal("Local", "P:S L:S");

    private Task<TableDefinition> IndexedAsync() => Host.DefineAsync(Indexed());

    private Task<OperationsHost> ImpatientAsync() => OperationsHost.StartAsync(
        Database.ConnectionString, configure: options => options.LockTimeout = TimeSpan.FromMilliseconds(100));
}
