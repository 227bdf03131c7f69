using System.Diagnostics;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class HotKeyTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private const string Table = "Counters";
    private const string WorkerName = "hot-key-worker";
    private const int Writers = 32;
    private const int Many = 400;
    private const int Fewest = 20;
    private static readonly TimeSpan Load = CrashRounds.Times(TimeSpan.FromSeconds(3));

    // In seconds the machine may be busy with other things than these writes.
    private static readonly TimeSpan LongLoad = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan UsualLag = TimeSpan.FromSeconds(1);
    private long _begun;
    private long _counted;

    [LongFact]
    public async Task Many_waiting_changes_of_one_item_cost_its_index_hardly_more_than_one_write()
    {
        var database = await fixture.CreateDatabaseAsync();

        // Writers that help would write the entry too, before all the changes wait.
        await using var client = new Client(database, backpressure: false);
        await CreateAsync(client.ExtendDb);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(
            () => CountAsync(client.ExtendDb, "hot", () => Interlocked.Read(ref _begun) < Many))));

        await using var worker = await ExtendDbProcess.StartWorkerAsync($"{database};Application Name={WorkerName}");
        await CrashOracle.CheckAsync(database);
        var indexWrites = await IndexWritesAsync(database, worker);
        output.WriteLine($"{_counted} changes of one item, {indexWrites} writes of its entry.");

        _counted.Should().BeGreaterThanOrEqualTo(Many / 2);
        (await ReadAsync(client.ExtendDb)).Should().Be(_counted, "every acknowledged change is there");
        indexWrites.Should().BeInRange(1, 4);
    }

    [Fact]
    public async Task Item_that_32_writers_change_all_the_time_costs_fewer_writes_than_changes_and_delays_no_other_item()
    {
        // The machine may be busy: the measure is the same load, but spread over as many items as there are writers.
        var spread = await VisibleBesideWritersOfAsync(writer => $"item-{writer}");
        _begun = 0;
        _counted = 0;
        var database = await fixture.CreateDatabaseAsync();
        await using var client = new Client(database);
        await CreateAsync(client.ExtendDb);
        await using var worker = await ExtendDbProcess.StartWorkerAsync($"{database};Application Name={WorkerName}");
        await using var sampler = IndexSampler.Start(client.ExtendDb, Sampled());

        var others = await VisibleBesideWritersAsync(client.ExtendDb, _ => "hot");
        await CrashOracle.CheckAsync(database);
        await sampler.StopAsync();
        var indexWrites = await IndexWritesAsync(database, worker) - others.Count - Fewest;
        output.WriteLine(
            $"{_counted} changes of one item, {indexWrites} writes of its entry; {others.Count} other items were visible after "
            + $"{others[others.Count / 2].TotalMilliseconds:N0} ms in the median, {Late(others).TotalMilliseconds:N0} ms at 95 % and "
            + $"{others[^1].TotalMilliseconds:N0} ms at most; beside writers of many items {spread.Count} after "
            + $"{spread[spread.Count / 2].TotalMilliseconds:N0}, {Late(spread).TotalMilliseconds:N0} and {spread[^1].TotalMilliseconds:N0} ms; "
            + $"{sampler.Samples} samples with {sampler.Changes} changes.");

        (await ReadAsync(client.ExtendDb)).Should().Be(_counted, "every acknowledged change is there");
        indexWrites.Should().BeInRange(1, Load < LongLoad ? _counted - 1 : _counted / 2);
        Late(others).Should().BeLessThan(UsualLag + (2 * Late(spread)));
        sampler.Changes.Should().BePositive("there was something to see");
    }

    /// <summary>Returns the duration within which 19 of 20 were visible.</summary>
    private static TimeSpan Late(List<TimeSpan> ascending) => ascending[(ascending.Count * 95 / 100) - 1];

    private async Task<List<TimeSpan>> VisibleBesideWritersOfAsync(Func<int, string> item)
    {
        var database = await fixture.CreateDatabaseAsync();
        await using var client = new Client(database);
        await CreateAsync(client.ExtendDb);
        await using var worker = await ExtendDbProcess.StartWorkerAsync($"{database};Application Name={WorkerName}");
        return await VisibleBesideWritersAsync(client.ExtendDb, item);
    }

    /// <summary>Returns how long other items took to be seen on the index while writers changed these, ascending.</summary>
    private async Task<List<TimeSpan>> VisibleBesideWritersAsync(IExtendDb db, Func<int, string> item)
    {
        // The first ones wait for a worker that is only just starting.
        await VisibleAfterAsync(db, "first", TimeSpan.Zero);
        using var stop = new CancellationTokenSource();
        var counting = Enumerable.Range(0, Writers).Select(writer => Task.Run(
            () => CountAsync(db, item(writer), () => !stop.IsCancellationRequested))).ToList();
        try
        {
            return await VisibleAfterAsync(db, "other", Load);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(counting);
        }
    }

    private static Task<CreateTableResponse> CreateAsync(IExtendDb db) => db.CreateTableAsync(new(
        Table,
        [new("Id", KeyType.HASH)],
        [new("Id", AttributeType.S), new("Kind", AttributeType.S)])
    {
        GlobalSecondaryIndexes = [new("by-kind", [new("Kind", KeyType.HASH)], Projection.All)],
    });

    private static AttributeMap Hot => new() { ["Id"] = "hot" };

    private static async Task<long> ReadAsync(IExtendDb db) =>
        Count((await db.GetItemAsync(new(Table, Hot) { ConsistentRead = true })).Item!);

    private static long Count(AttributeMap item) => long.Parse(
        ((AttributeValue.N)item["Count"]).Value.ToString(), System.Globalization.CultureInfo.InvariantCulture);

    private SampledIndex Sampled() => new(
        new(Table)
        {
            IndexName = "by-kind",
            KeyConditionExpression = "Kind = :kind",
            ExpressionAttributeValues = new AttributeMap { [":kind"] = "hot" },
        },
        item => new AttributeMap { ["Id"] = item["Id"] },
        "Count",
        _ => Interlocked.Read(ref _begun));

    private async Task CountAsync(IExtendDb db, string item, Func<bool> goOn)
    {
        while (goOn())
        {
            Interlocked.Increment(ref _begun);
            try
            {
                await db.UpdateItemAsync(new(Table, new AttributeMap { ["Id"] = item })
                {
                    UpdateExpression = "SET Kind = :kind ADD #count :one",
                    ExpressionAttributeNames = new Dictionary<string, string> { ["#count"] = "Count" },
                    ExpressionAttributeValues = new AttributeMap { [":kind"] = item, [":one"] = 1 },
                }, CancellationToken.None);
            }
            catch (TransactionConflictException)
            {
                // Whoever waits too long for the item is told so, and has changed nothing.
                continue;
            }

            Interlocked.Increment(ref _counted);
        }
    }

    /// <summary>Puts items, one after the other, some at least, and returns how long each took to be seen on the index, ascending.</summary>
    private static async Task<List<TimeSpan>> VisibleAfterAsync(IExtendDb db, string prefix, TimeSpan atLeast)
    {
        var took = new List<TimeSpan>();
        var since = Stopwatch.StartNew();
        while (took.Count < Fewest || since.Elapsed < atLeast)
        {
            var kind = $"{prefix}-{took.Count}";
            await db.PutItemAsync(new(Table, new AttributeMap { ["Id"] = kind, ["Kind"] = kind }), CancellationToken.None);
            var clock = Stopwatch.StartNew();
            await Waiting.UntilAsync(
                async () => (await db.QueryAsync(
                    new(Table)
                    {
                        IndexName = "by-kind",
                        KeyConditionExpression = "Kind = :kind",
                        ExpressionAttributeValues = new AttributeMap { [":kind"] = kind },
                    },
                    CancellationToken.None)).Count == 1,
                $"{kind} is on the index");
            took.Add(clock.Elapsed);
        }

        return [.. took.Order()];
    }

    /// <summary>Counts the rows that were written to index_entries, once the worker has ended and said the last of them.</summary>
    private static async Task<long> IndexWritesAsync(string database, ExtendDbProcess worker)
    {
        worker.Terminate();
        (await worker.ExitCodeAsync()).Should().Be(0, worker.Errors);
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();

        // The statistics are of the whole table; a session that ends has sent its own, and a session's end is not awaited.
        await using var ended = new NpgsqlCommand(
            $"SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name LIKE '{WorkerName}%'", connection);
        await Waiting.UntilAsync(
            async () => (bool)(await ended.ExecuteScalarAsync())!, "the sessions of the worker have ended");
        await using var count = new NpgsqlCommand(
            """
            SELECT pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid)
            FROM pg_class WHERE oid = 'extenddb.index_entries'::regclass
            """,
            connection);
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
