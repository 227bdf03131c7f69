using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Streams;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>The same random changes leave the same items and entries, whichever way they are written.</summary>
public class EveryWayTests(OperationsFixture database, ITestOutputHelper output) : OperationsTests(database)
{
    private const int Steps = 300;

    private readonly Dictionary<int, Dictionary<AttributeMap, Change>> _batches = [];

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, StreamViewType.NEW_AND_OLD_IMAGES)]
    [InlineData(true, StreamViewType.NEW_AND_OLD_IMAGES)]
    [InlineData(false, StreamViewType.OLD_IMAGE)]
    [InlineData(false, StreamViewType.NEW_IMAGE)]
    [InlineData(true, StreamViewType.KEYS_ONLY)]
    public async Task Same_changes_on_every_way_leave_the_same_items_entries_and_records(bool withLocal, StreamViewType? stream)
    {
        var random = SeededRandom.Printed(output);
        var ways = new Func<TableDefinition, Change, Task>[]
        {
            DirectlyAsync, InTransactionAsync, BySaveAsync, ByStubAsync, ByBatchAsync, ByLargeBatchAsync,
        };
        var tables = new List<TableDefinition>();
        foreach (var _ in ways)
        {
            var table = OperationsTable.Of("Id:S Sort:S")
                .WithGlobal("All", "Kind:S N:N", delayMs: 1).WithGlobal("Keys", "Kind:S", Projection.KeysOnly, delayMs: 2)
                .WithGlobal("AtOnce", "Part:S", Projection.KeysOnly, delayMs: 0);
            table = stream is null ? table : table with { StreamSpecification = new(true, stream) };
            tables.Add(await Host.DefineAsync(withLocal
                ? table.WithLocal("LocalAll", "Id:S N:N").WithLocal("LocalKeys", "Id:S Part:S", Projection.KeysOnly)
                : table));
        }

        for (var step = 0; step < Steps; step++)
        {
            var change = Change.Next(random);
            for (var way = 0; way < ways.Length; way++)
            {
                await ways[way](tables[way], change);
            }
        }

        foreach (var table in tables)
        {
            await FlushAsync(table);
        }

        await Host.DrainAsync();
        var states = new List<string>();
        foreach (var table in tables)
        {
            (await IndexVerification.RunAsync(Host.Database(), table, default)).Should().OnlyContain(
                index => index.Missing + index.Stale + index.Orphaned + index.Waiting == 0);
            states.Add(await StateAsync(table));
        }

        states.Should().OnlyContain(state => state == states[0]);
        states[0].Should().NotBeEmpty();
        if (stream is not null)
        {
            await CompareRecordsAsync(tables, stream.Value);
        }
    }

    private async Task CompareRecordsAsync(List<TableDefinition> tables, StreamViewType viewType)
    {
        var histories = new List<List<string>>();
        foreach (var table in tables)
        {
            var records = await Host.Db.AllAsync(table.Name);
            records.Should().OnlyContain(record => record.StreamViewType == viewType && record.UserIdentity == null);
            histories.Add([.. records.GroupBy(record => record.Keys)
                .Select(item => string.Join('\n', item.Select(Line)))
                .Order(StringComparer.Ordinal)]);
            foreach (var item in records.GroupBy(record => record.Keys))
            {
                History.DemandComplete([.. item], viewType);
            }
        }

        histories.Should().OnlyContain(history => history.SequenceEqual(histories[0]));
        histories[0].Should().NotBeEmpty();
        static string Line(StreamRecord record) =>
            $"{record.EventName} {record.Keys} {record.OldImage} {record.NewImage} {record.SizeBytes}";
    }

    private Task DirectlyAsync(TableDefinition table, Change change) => change.Item is null
        ? (Task)Host.Db.DeleteItemAsync(new(table.Name, change.Key))
        : Host.Db.PutItemAsync(new(table.Name, change.Item) { ReturnValues = change.ReadsOld ? ReturnValue.ALL_OLD : ReturnValue.NONE });

    private async Task InTransactionAsync(TableDefinition table, Change change)
    {
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var db = context.ExtendDb();
        await (change.Item is null
            ? (Task)db.DeleteItemAsync(new(table.Name, change.Key))
            : db.PutItemAsync(new(table.Name, change.Item)));
        await transaction.CommitAsync();
    }

    private async Task BySaveAsync(TableDefinition table, Change change)
    {
        await using var context = Host.CreateContext();
        var key = Item.Create(table, change.Key);
        var stored = await context.Items.AsTracking().SingleOrDefaultAsync(
            item => item.TableId == table.Id && item.PartitionHash == key.PartitionHash);
        switch (stored, change.Item)
        {
            case (null, null):
                return;
            case (null, { } item):
                context.Add(Item.Create(table, item));
                break;
            case (_, null):
                context.Remove(stored);
                break;
            default:
                stored.Replace(table, change.Item);
                break;
        }

        await context.SaveChangesAsync();
    }

    // The instance is attached without being read, so that only the database knows the item before.
    private async Task ByStubAsync(TableDefinition table, Change change)
    {
        await using var reading = Host.CreateContext();
        var key = Item.Create(table, change.Key);
        var stored = await reading.Items.AsNoTracking().SingleOrDefaultAsync(
            item => item.TableId == table.Id && item.PartitionHash == key.PartitionHash);
        await using var context = Host.CreateContext();
        var stub = Item.Create(table, change.Item ?? change.Key);
        if (stored is null)
        {
            if (change.Item is null)
            {
                return;
            }

            context.Add(stub);
        }
        else
        {
            var entry = context.Entry(stub);
            entry.State = change.Item is null ? EntityState.Deleted : EntityState.Modified;
            entry.Property<long>("Version").OriginalValue = stored.Version;
        }

        context.SaveChanges();
    }

    private Task ByBatchAsync(TableDefinition table, Change change) => BatchAsync(table, [change]);

    // Changes of one item keep their order; those of different items have none.
    private async Task ByLargeBatchAsync(TableDefinition table, Change change)
    {
        var batch = _batches.GetValueOrDefault(table.Id) ?? (_batches[table.Id] = []);
        if (batch.Count == 10 || batch.ContainsKey(change.Key))
        {
            await FlushAsync(table);
        }

        batch.Add(change.Key, change);
    }

    private async Task FlushAsync(TableDefinition table)
    {
        if (_batches.GetValueOrDefault(table.Id) is { Count: > 0 } batch)
        {
            await BatchAsync(table, [.. batch.Values]);
            batch.Clear();
        }
    }

    private async Task BatchAsync(TableDefinition table, IReadOnlyList<Change> changes)
    {
        var response = await Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [table.Name] = [.. changes.Select(
                change => change.Item is null ? WriteRequest.Delete(change.Key) : WriteRequest.Put(change.Item))],
        }));
        response.UnprocessedItems.Should().BeEmpty();
    }

    /// <summary>Returns all items and entries of a table as text, without what differs between tables.</summary>
    private async Task<string> StateAsync(TableDefinition table) => (string)(await Host.ScalarAsync(
        $"""
        SELECT string_agg(line, E'\n' ORDER BY line) FROM (
            SELECT concat_ws(' ', 'item', partition_hash, document, size_bytes) AS line
            FROM extenddb.items WHERE table_id = {table.Id}
            UNION ALL
            SELECT concat_ws(' ', x.name, e.partition_hash, e.key_hash, e.key_sort, e.document, e.size_bytes)
            FROM extenddb.index_entries AS e JOIN extenddb.secondary_indexes AS x ON x.id = e.index_id
            WHERE x.table_id = {table.Id}) AS lines
        """))!;

    /// <summary>A put or, without an item, a deletion.</summary>
    private sealed record Change(AttributeMap Key, AttributeMap? Item, bool ReadsOld)
    {
        public static Change Next(Random random)
        {
            var key = new AttributeMap { ["Id"] = $"item {random.Next(20)}", ["Sort"] = "s" };
            if (random.Next(4) == 0)
            {
                return new(key, null, false);
            }

            var item = key.With("N", random.Next(3));
            item = random.Next(4) == 0 ? item : item.With("Kind", $"kind {random.Next(2)}");
            item = random.Next(2) == 0 ? item : item.With("Part", $"part {random.Next(2)}");
            return new(key, item, random.Next(2) == 0);
        }
    }
}
