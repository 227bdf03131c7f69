using System.Text.Json;
using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class DamageTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private const int Drivers = 4;
    private const int ParkedPerDriver = 250;
    private const int OfEachKind = Drivers * ParkedPerDriver / 100;
    private const int FirstByteOfNegative = 1;

    [Fact]
    public async Task Entries_deleted_altered_and_added_by_hand_are_found_exactly_and_repaired_while_their_neighbours_change()
    {
        var random = SeededRandom.Printed(output);
        var database = await fixture.CreateDatabaseAsync();
        await using var client = new Client(database);
        await using var orders = Orders.Open(database);
        await Parcels.CreateAsync(client.ExtendDb);
        await using var worker = await ExtendDbProcess.StartWorkerAsync(database);
        await ParkAsync(client.ExtendDb);
        await orders.DrainedAsync();
        await using var load = ParcelLoad.Start(client.ExtendDb, Drivers, random.Seed);
        await using var sampler = IndexSampler.Start(client.ExtendDb, load.Sampled);

        var table = await orders.ExtendDb.GetTableDefinitionAsync(Parcels.Table);
        await using var unguarded = orders.CreateUnguardedContext();
        var damaged = new List<string>();
        foreach (var index in table.Indexes)
        {
            damaged.AddRange(await DamageAsync(unguarded, index, random));
        }

        var rounds = CrashRounds.Times(1);
        for (var round = 0; round < rounds; round++)
        {
            (await FoundAsync(orders, table)).Should().Equal(damaged.Order(StringComparer.Ordinal));
            var verified = await ExtendDbProcess.RunAsync(database, "verify", "--table", Parcels.Table, "--json");
            Counts(verified.Output).Should().BeEquivalentTo(
                table.Indexes.Select(index => (index.Name, OfEachKind, OfEachKind, OfEachKind)));
            verified.ExitCode.Should().Be(3);
        }

        var repaired = await ExtendDbProcess.RunAsync(database, "repair", "--json");
        await sampler.SeesChangesAsync();
        await load.StopAsync();
        await CrashOracle.CheckAsync(database, load.Ledger);
        await sampler.StopAsync();
        var after = await ExtendDbProcess.RunAsync(database, "verify");
        output.WriteLine(
            $"{damaged.Count} damaged, {load.Ledger.Acknowledged} writes beside them, {sampler.Changes} changes seen.");

        JsonDocument.Parse(repaired.Output).RootElement.GetProperty("repaired").GetInt32().Should().Be(damaged.Count);
        after.ExitCode.Should().Be(0, after.Output);
        sampler.Changes.Should().BePositive("there was something to see");
    }

    /// <summary>Puts parcels of the drivers that the load leaves alone: they stand right before those that it writes.</summary>
    private static Task ParkAsync(IExtendDb db) => Task.WhenAll(Enumerable.Range(1, Drivers).Select(driver => Task.Run(async () =>
    {
        foreach (var some in Enumerable.Range(1, ParkedPerDriver).Chunk(25))
        {
            await db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [Parcels.Table] = [.. some.Select(n => WriteRequest.Put(Parcels.After(driver, -n, 1).With("Fleet", "parked")))],
            }));
        }
    })));

    /// <summary>Damages entries of parked parcels, and tells which and how.</summary>
    private static async Task<List<string>> DamageAsync(ExtendDbContext context, IndexDefinition index, Random random)
    {
        var entries = (await context.IndexEntries.AsNoTracking().Where(entry => entry.IndexId == index.Id).ToListAsync())
            .Where(entry => entry.SortKey[0] == FirstByteOfNegative).ToArray();
        entries.Should().HaveCount(Drivers * ParkedPerDriver);
        random.Shuffle(entries);
        foreach (var entry in entries[..OfEachKind])
        {
            await Row(context, entry).ExecuteDeleteAsync();
        }

        foreach (var (i, entry) in entries[OfEachKind..(2 * OfEachKind)].Index())
        {
            await AlterAsync(Row(context, entry), entry, i);
        }

        List<IndexEntry> added = [.. entries[(2 * OfEachKind)..(3 * OfEachKind)].Select(OfNoItem)];
        context.AddRange(added);
        await context.SaveChangesAsync();
        context.ChangeTracker.Clear();
        return
        [
            .. entries[..OfEachKind].Select(entry => Text(index, KeyOf(entry), Divergence.Missing)),
            .. entries[OfEachKind..(2 * OfEachKind)].Select(entry => Text(index, KeyOf(entry), Divergence.Stale)),
            .. added.Select(entry => Text(index, KeyOf(entry), Divergence.Orphaned)),
        ];
    }

    private static Task<int> AlterAsync(IQueryable<IndexEntry> row, IndexEntry entry, int way) => (way % 4) switch
    {
        0 => row.ExecuteUpdateAsync(set => set.SetProperty(e => e.SizeBytes, entry.SizeBytes + 1)),
        1 => row.ExecuteUpdateAsync(set => set.SetProperty(e => e.KeyHash, Guid.NewGuid())),
        2 => row.ExecuteUpdateAsync(set => set.SetProperty(e => e.KeySort, entry.KeySort.Append((byte)0).ToArray())),
        _ => row.ExecuteUpdateAsync(set => set.SetProperty(e => e.Document, entry.Document.With("Driver", "nobody"))),
    };

    private static IQueryable<IndexEntry> Row(ExtendDbContext context, IndexEntry entry) => context.IndexEntries.Where(
        e => e.IndexId == entry.IndexId && e.PartitionHash == entry.PartitionHash && e.SortKey == entry.SortKey);

    /// <summary>Returns an entry of a key that no item has, right behind another one.</summary>
    private static IndexEntry OfNoItem(IndexEntry entry) => new()
    {
        IndexId = entry.IndexId,
        PartitionHash = entry.PartitionHash,
        SortKey = [.. entry.SortKey, 0],
        Slot = entry.Slot,
        KeyHash = entry.KeyHash,
        KeySort = entry.KeySort,
        Document = entry.Document,
        SizeBytes = entry.SizeBytes,
    };

    private static ItemKey KeyOf(IndexEntry entry) => new(entry.PartitionHash, entry.SortKey);

    private static string Text(IndexDefinition index, ItemKey key, Divergence divergence) =>
        $"{index.Name} {key.PartitionHash} {Convert.ToHexString(key.SortKey)} {divergence}";

    private static async Task<List<string>> FoundAsync(Orders orders, TableDefinition table)
    {
        var found = new List<string>();
        foreach (var index in table.Indexes)
        {
            var ranges = IndexVerification.RangesAsync(
                ExtendDbRuntime.Of(orders.Context), table, index, from: null, CancellationToken.None);
            await foreach (var range in ranges)
            {
                found.AddRange(range.Divergent.Select(each => Text(index, each.Key, each.Divergence)));
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static List<(string Index, int Missing, int Stale, int Orphaned)> Counts(string json) =>
    [
        .. JsonDocument.Parse(json).RootElement.GetProperty("indexes").EnumerateArray().Select(index => (
            index.GetProperty("index").GetString()!,
            index.GetProperty("missing").GetInt32(),
            index.GetProperty("stale").GetInt32(),
            index.GetProperty("orphaned").GetInt32())),
    ];
}
