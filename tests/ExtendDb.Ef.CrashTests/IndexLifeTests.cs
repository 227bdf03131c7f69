using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class IndexLifeTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private const string Index = "by-colour";
    private const int Old = 30_000;

    // As the worker waits between two steps of a change.
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(50);
    private const int StepsOfAWalk = 80;

    [Fact]
    public async Task Index_dropped_half_way_while_it_is_filled_leaves_nothing_and_its_name_can_be_taken_again()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using var client = new Client(database);
        await using var orders = Orders.Open(database);
        await Parcels.CreateAsync(client.ExtendDb);
        await PutOldAsync(orders);
        var seed = SeededRandom.Printed(output).Seed;
        await using var load = ParcelLoad.Start(client.ExtendDb, drivers: 2, seed);
        await client.ExtendDb.UpdateTableAsync(CreateIndex());

        int dropped, filled;
        await using (var filling = await ExtendDbProcess.StartWorkerAsync(database))
        {
            await Waiting.UntilAsync(async () => await EntriesAsync(orders) > 0, "some of it is filled");
            dropped = (await FindAsync(orders))!.Id;
            await client.ExtendDb.UpdateTableAsync(DropIndex());
            filled = await orders.Context.IndexEntries.CountAsync(entry => entry.IndexId == dropped);

            // Killed while it fills: the next one has to find out and to delete the entries.
            await filling.KillAsync();
        }

        await using var worker = await InProcessWorker.StartAsync(database);
        await client.ExtendDb.UpdateTableAsync(CreateIndex());
        await SweptAsync(orders);
        var entries = await orders.Context.IndexEntries.CountAsync(entry => entry.IndexId == dropped);
        await UntilActiveAsync(orders);
        await load.StopAsync();
        await CrashOracle.CheckAsync(database, load.Ledger);

        filled.Should().BeLessThan(Old, "it was half-way");
        entries.Should().Be(0);
        (await orders.Context.IndexEntries.CountAsync(entry => entry.IndexId == dropped)).Should().Be(0, "no late marker wrote one");
        (await FindAsync(orders))!.Id.Should().NotBe(dropped);
        (await EntriesAsync(orders)).Should().Be(Old);
    }

    [Fact]
    public async Task Worker_killed_while_it_deletes_the_rows_of_a_table_leaves_the_rest_to_the_next_one()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using var client = new Client(database);
        await using var orders = Orders.Open(database);
        await Parcels.CreateAsync(client.ExtendDb);
        await PutOldAsync(orders);
        var old = (await client.ExtendDb.GetTableDefinitionAsync(Parcels.Table)).Id;
        await client.ExtendDb.DeleteTableAsync(new(Parcels.Table));
        await Parcels.CreateAsync(client.ExtendDb);
        await using var load = ParcelLoad.Start(client.ExtendDb, drivers: 2, SeededRandom.Printed(output).Seed);

        var left = Old;
        while (left > 0)
        {
            await using var deleting = await ExtendDbProcess.StartWorkerAsync(database);
            var before = left;
            await Waiting.UntilAsync(
                async () => (left = await orders.Context.Items.CountAsync(item => item.TableId == old)) < before, "some of it is deleted");
            await deleting.KillAsync();
        }

        await using var worker = await InProcessWorker.StartAsync(database);
        await SweptAsync(orders);
        await load.StopAsync();

        await CrashOracle.CheckAsync(database, load.Ledger);
        (await orders.Context.Items.CountAsync(item => item.TableId == old)).Should().Be(0);
    }

    [Fact]
    public async Task Writer_that_began_before_the_index_and_ends_after_its_walk_could_have_passed_is_indexed()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using var client = new Client(database);
        await using var orders = Orders.Open(database);
        await Parcels.CreateAsync(client.ExtendDb);
        var time = new NotedWaits();
        await using var worker = await InProcessWorker.StartAsync(database, time: time);
        await using var writer = Orders.Open(database);
        await using var held = await writer.Context.Database.BeginTransactionAsync();
        var late = Parcels.After(1, 1, 1).With("Colour", "red");
        await writer.ExtendDb.PutItemAsync(new(Parcels.Table, late));

        await client.ExtendDb.UpdateTableAsync(CreateIndex());

        // Until the index is filled, or would have been if nobody were waited for.
        await time.UntilBegunAsync(
            StepsOfAWalk, BetweenSteps, unless: async () => (await FindAsync(orders))?.Status == IndexStatus.ACTIVE);
        await held.CommitAsync();
        await UntilActiveAsync(orders);
        await CrashOracle.CheckAsync(database);

        (await EntriesAsync(orders)).Should().Be(1);
    }

    private static UpdateTableRequest CreateIndex() => new(Parcels.Table)
    {
        AttributeDefinitions = [new("Colour", AttributeType.S)],
        GlobalSecondaryIndexUpdates = [new() { Create = new(Index, [new("Colour", KeyType.HASH)], Projection.All) }],
    };

    private static UpdateTableRequest DropIndex() => new(Parcels.Table)
    {
        GlobalSecondaryIndexUpdates = [new() { Delete = new(Index) }],
    };

    private static Task<SecondaryIndex?> FindAsync(Orders orders) =>
        orders.Context.Set<SecondaryIndex>().AsNoTracking().SingleOrDefaultAsync(index => index.Name == Index);

    private static Task<int> EntriesAsync(Orders orders) => (
        from entry in orders.Context.IndexEntries
        join index in orders.Context.Set<SecondaryIndex>() on entry.IndexId equals index.Id
        where index.Name == Index
        select entry.IndexId).CountAsync();

    private static Task UntilActiveAsync(Orders orders) => Waiting.UntilAsync(
        async () => (await FindAsync(orders))?.Status == IndexStatus.ACTIVE, "the index is filled");

    private static Task SweptAsync(Orders orders) => Waiting.UntilAsync(
        async () => await orders.Context.Database.SqlQuery<int>(
            $"SELECT count(*)::int AS \"Value\" FROM extenddb.removed_definitions").SingleAsync() == 0,
        "the rows of what was removed are deleted");

    /// <summary>Puts items that no other index has, as they are from before this one.</summary>
    private static Task<int> PutOldAsync(Orders orders) => orders.Context.Database.ExecuteSqlAsync(
        $$$"""
        INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
        SELECT t.id, hash, '\x80',
               jsonb_build_object('Colour', jsonb_build_object('S', 'red')), length('Colour') + length('red'), 1,
               get_byte(uuid_send(hash), 0) >> 2
        FROM extenddb.tables AS t, (SELECT gen_random_uuid() AS hash FROM generate_series(1, {{{Old}}})) AS n
        WHERE t.name = {{{Parcels.Table}}}
        """);
}
