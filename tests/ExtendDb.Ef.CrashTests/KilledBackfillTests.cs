using ExtendDb.Ef.Model;
using ExtendDb.Ef.Telemetry;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class KilledBackfillTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private static readonly int Kills = CrashRounds.Times(4);

    private const string Table = "Notes";
    private const string Index = "by-colour";
    private const int Items = 60_000;
    private static readonly string[] KillAt =
        [KillPoint.WorkerLocked, KillPoint.WorkerClaimed, KillPoint.WorkerApplied, KillPoint.WorkerCommitted];

    [Fact]
    public async Task Worker_killed_again_and_again_while_it_fills_an_index_leaves_no_item_out()
    {
        var seed = SeededRandom.Printed(output).Seed;
        var random = new Random(seed);
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var orders = await Orders.CreateAsync(connectionString);
        await FillAsync(orders);
        await orders.ExtendDb.UpdateTableAsync(new(Table)
        {
            AttributeDefinitions = [new("Colour", AttributeType.S)],
            GlobalSecondaryIndexUpdates = [new() { Create = new(Index, [new("Colour", KeyType.HASH)], Projection.All) }],
        });
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => WriteAsync(connectionString, new Random(seed + 1), stop.Token));

        await KilledOnceTheWalkHasBegunAsync(connectionString, orders);
        for (var kill = 1; kill < Kills; kill++)
        {
            var killAt = $"{KillAt[random.Next(KillAt.Length)]}:{1 + random.Next(3)}";
            await using var victim = ExtendDbProcess.StartWorkerToDie(connectionString, killAt);
            (await victim.ExitCodeAsync()).Should().Be(137, "it was killed at {0}: {1}", killAt, victim.Errors);
        }

        var left = (await DefinitionAsync(orders))!.Status;
        await using var last = await InProcessWorker.StartAsync(connectionString);
        await UntilActiveAsync(orders);
        await stop.CancelAsync();
        await writing;
        await orders.DrainedAsync();
        left.Should().Be(IndexStatus.CREATING, "none of them filled it");
        (await orders.DivergentAsync(Table)).Should().Be(0, "the seed was {0}", seed);
        (await orders.Context.IndexEntries.LongCountAsync()).Should().BeGreaterThan(Items / 2);
    }

    /// <summary>Kills a worker between the beginning of the walk over the items and its end.</summary>
    private static async Task KilledOnceTheWalkHasBegunAsync(string connectionString, Orders orders)
    {
        await using var first = await ExtendDbProcess.StartWorkerAsync(connectionString);
        await Waiting.UntilAsync(
            async () => (await DefinitionAsync(orders))?.BackfillPhase is not (null or ExtendDb.Ef.Model.BackfillPhase.WAITING),
            "the walk over the items has begun");
        await first.KillAsync();
        var state = (await DefinitionAsync(orders))!;
        (state.Status, state.BackfillPhase).Should().Be(
            (IndexStatus.CREATING, ExtendDb.Ef.Model.BackfillPhase.WALKING), "it was killed on its walk");
    }

    private static Task<ExtendDb.Ef.Model.SecondaryIndex?> DefinitionAsync(Orders orders) =>
        orders.Context.Set<ExtendDb.Ef.Model.SecondaryIndex>().AsNoTracking().SingleOrDefaultAsync(i => i.Name == Index);

    /// <summary>Puts items as they are from before the index.</summary>
    private static async Task FillAsync(Orders orders)
    {
        await orders.ExtendDb.CreateTableAsync(
            new(Table, [new("Id", KeyType.HASH)], [new("Id", AttributeType.S)]));
        await orders.Context.Database.ExecuteSqlAsync(
            $$$"""
            INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
            SELECT t.id, encode(substring(sha256(convert_to(n::text, 'UTF8')), 1, 16), 'hex')::uuid, '',
                   jsonb_build_object('Id', jsonb_build_object('S', n::text), 'Colour', jsonb_build_object('S', 'red')),
                   length('Id') + length(n::text) + length('Colour') + length('red'), 1,
                   get_byte(sha256(convert_to(n::text, 'UTF8')), 0) >> 2
            FROM extenddb.tables AS t, generate_series(1, {{{Items}}}) AS n
            WHERE t.name = {{{Table}}}
            """);
    }

    private static async Task WriteAsync(string connectionString, Random random, CancellationToken stop)
    {
        await using var writer = Orders.Open(connectionString);

        // Not as fast as it can: the processes that are watched need the processor too.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!stop.IsCancellationRequested)
        {
            var id = $"{random.Next(2 * Items)}";
            if (random.Next(4) == 0)
            {
                await writer.ExtendDb.DeleteItemAsync(new(Table, new AttributeMap { ["Id"] = id }), CancellationToken.None);
            }
            else
            {
                await writer.ExtendDb.PutItemAsync(
                    new(Table, new AttributeMap { ["Id"] = id, ["Colour"] = random.Next(2) == 0 ? "red" : "blue" }),
                    CancellationToken.None);
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static Task UntilActiveAsync(Orders orders) => Waiting.UntilAsync(
        async () => (await DefinitionAsync(orders))?.Status == IndexStatus.ACTIVE, "the index is filled");
}
