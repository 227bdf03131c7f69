using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.CrashTests;

public class KilledBackfillTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private const string Table = "Notes";
    private const string Index = "by-colour";
    private const int Items = 60_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Worker_killed_again_and_again_while_it_fills_an_index_leaves_no_item_out()
    {
        var seed = Random.Shared.Next();
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

        var walked = new List<bool>();
        for (var kill = 0; kill < CrashRounds.Times(4); kill++)
        {
            await using var victim = await ExtendDbProcess.StartWorkerAsync(connectionString);
            await Task.Delay(1_600 + random.Next(400));
            await victim.KillAsync();
            walked.Add(await orders.Context.Set<Entities.SecondaryIndex>().AsNoTracking()
                .AnyAsync(i => i.Name == Index && i.BackfilledAt != null));
        }

        await using var last = await ExtendDbProcess.StartWorkerAsync(connectionString);
        await UntilActiveAsync(orders.ExtendDb);
        await stop.CancelAsync();
        await writing;
        await orders.DrainedAsync();
        walked.Should().Contain(true, "one of them was killed on its walk");
        (await orders.DivergentAsync(Table)).Should().Be(0, "the seed was {0}", seed);
        (await orders.Context.IndexEntries.LongCountAsync()).Should().BeGreaterThan(Items / 2);
    }

    /// <summary>Puts items as they are from before the index.</summary>
    private static async Task FillAsync(Orders orders)
    {
        await orders.ExtendDb.CreateTableAsync(
            new(Table, [new("Id", KeyType.HASH)], [new("Id", AttributeType.S)]));
        await orders.Context.Database.ExecuteSqlAsync(
            $$$"""
            INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version)
            SELECT t.id, encode(substring(sha256(convert_to(n::text, 'UTF8')), 1, 16), 'hex')::uuid, '',
                   jsonb_build_object('Id', jsonb_build_object('S', n::text), 'Colour', jsonb_build_object('S', 'red')),
                   length('Id') + length(n::text) + length('Colour') + length('red'), 1
            FROM extenddb.tables AS t, generate_series(1, {{{Items}}}) AS n
            WHERE t.name = {{{Table}}}
            """);
    }

    private static async Task WriteAsync(string connectionString, Random random, CancellationToken stop)
    {
        await using var writer = Orders.Open(connectionString);
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
        }
    }

    private static async Task UntilActiveAsync(IExtendDb extendDb)
    {
        var deadline = DateTime.UtcNow + Patience;
        while ((await extendDb.DescribeTableAsync(Table)).TableStatus != TableStatus.ACTIVE)
        {
            (DateTime.UtcNow < deadline).Should().BeTrue("the index is filled within {0}", Patience);
            await Task.Delay(50);
        }
    }
}
