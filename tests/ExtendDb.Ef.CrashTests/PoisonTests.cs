using System.Text.Json;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class PoisonTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private const int Writers = 4;
    private static readonly TimeSpan LagLimit = new GsiBackpressureOptions().Limit;

    [Fact]
    public async Task One_entry_in_a_thousand_that_is_refused_is_set_aside_alone_and_the_others_are_in_time()
    {
        await using var scene = await LoadedAsync(CrashRounds.Times(4_000));

        var (most, samples) = await scene.Lag.StopAsync();
        var quarantined = await QuarantinedAsync(scene.Orders);
        output.WriteLine($"{scene.Count} letters, {quarantined.Count} in quarantine; lag at most {most} in {samples} samples.");

        quarantined.Should().BeEquivalentTo(scene.Poison.Select(Letters.KeyOf));
        most.Should().BeLessThan(LagLimit);
        (await scene.Orders.WaitingAndDivergentAsync(Letters.Table)).Should().Be(((long)scene.Poison.Count, 0L));
    }

    [Fact]
    public async Task Refused_entries_heal_by_a_later_good_write_or_by_a_retry_once_nothing_refuses_them()
    {
        await using var scene = await LoadedAsync(4_000);
        var written = scene.Poison[..2];
        var left = scene.Poison[2..];

        foreach (var number in written)
        {
            var good = Letters.Letter(number, isPoison: false);
            await scene.Ledger.WriteAsync([(Letters.Place(number), good)], async () =>
            {
                await scene.Client.ExtendDb.PutItemAsync(new(Letters.Table, good));
                return true;
            });
        }

        await scene.Orders.DrainedAsync();
        var listed = await ExtendDbProcess.RunAsync(scene.Database, "quarantine", "list", "--json");
        await ExtendDbProcess.RunAsync(scene.Database, "quarantine", "retry");
        await scene.Orders.DrainedAsync();
        var stillListed = await ExtendDbProcess.RunAsync(scene.Database, "quarantine", "list", "--json");
        await Letters.AcceptAllAsync(scene.Orders.Context);
        var retried = await ExtendDbProcess.RunAsync(scene.Database, "quarantine", "retry", "--json");

        Entries(listed.Output).Should().BeEquivalentTo(
            left.Select(number => (Letters.Town, $"Id={Letters.Id(number)}", Letters.SqlState, 1)));
        Entries(stillListed.Output).Should().BeEquivalentTo(
            left.Select(number => (Letters.Town, $"Id={Letters.Id(number)}", Letters.SqlState, 2)));
        JsonDocument.Parse(retried.Output).RootElement.GetProperty("entries").GetInt32().Should().Be(left.Count);
        await CrashOracle.CheckAsync(scene.Database, scene.Ledger);
    }

    private static async Task<List<ItemKey>> QuarantinedAsync(Orders orders) =>
        (await orders.Context.GsiQuarantine.AsNoTracking().ToListAsync())
        .ConvertAll(entry => new ItemKey(entry.PartitionHash, entry.SortKey));

    private static List<(string Index, string Key, string SqlState, int Attempts)> Entries(string json) =>
    [
        .. JsonDocument.Parse(json).RootElement.GetProperty("entries").EnumerateArray().Select(entry => (
            entry.GetProperty("index").GetString()!,
            entry.GetProperty("key").GetString()!,
            entry.GetProperty("sql_state").GetString()!,
            entry.GetProperty("attempts").GetInt32())),
    ];

    /// <summary>Writes letters while a worker runs, and waits until no marker is left.</summary>
    private async Task<Scene> LoadedAsync(int letters)
    {
        var database = await fixture.CreateDatabaseAsync();
        var orders = Orders.Open(database);
        var client = new Client(database);
        await Letters.CreateAsync(client.ExtendDb, orders.Context);
        var worker = await ExtendDbProcess.StartWorkerAsync(database);
        var scene = new Scene(database, letters, orders, client, worker, LagSampler.Start(database), new());
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => Letters.PutAsync(
            client.ExtendDb, scene.Ledger, Enumerable.Range(0, letters).Where(number => number % Writers == writer)))));
        await orders.DrainedAsync();
        scene.Ledger.Unanswered.Should().Be(0, scene.Ledger.FaultsMet);
        return scene;
    }

    private sealed record Scene(
        string Database,
        int Count,
        Orders Orders,
        Client Client,
        ExtendDbProcess Worker,
        LagSampler Lag,
        Ledger Ledger) : IAsyncDisposable
    {
        /// <summary>Gets the numbers of the letters that are refused.</summary>
        public List<int> Poison { get; } = [.. Enumerable.Range(0, Count).Where(Letters.IsPoison)];

        public async ValueTask DisposeAsync()
        {
            await Worker.DisposeAsync();
            await Lag.DisposeAsync();
            await Client.DisposeAsync();
            await Orders.DisposeAsync();
        }
    }
}
