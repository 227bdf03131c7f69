using System.Globalization;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public class KilledTransfersTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private const int Kills = 4;

    [Fact]
    public async Task Process_killed_among_its_transactions_has_done_each_of_them_wholly_or_not_at_all()
    {
        var seed = SeededRandom.Printed(output).Seed;
        var random = new Random(seed);
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var orders = Orders.Open(connectionString);
        await Transfers.CreateAsync(orders.ExtendDb);

        for (var kill = 0; kill < CrashRounds.Times(Kills); kill++)
        {
            await using var process = await StartAsync(connectionString, random.Next());
            var transfers = 1 + random.Next(40);
            await Waiting.UntilAsync(
                () => process.HasExited || process.Output.Split(Transfers.Running).Length > transfers, "some transfers are done");
            await process.KillAsync();
        }

        var accounts = await AllAsync(orders, Transfers.Accounts);
        var notes = await AllAsync(orders, Transfers.Notes);
        accounts.Sum(account => Number(account, "Balance")).Should().Be(Transfers.Count * Transfers.Start);
        foreach (var account in accounts)
        {
            var own = notes.Where(n => n["From"].Equals(account["Number"]) || n["To"].Equals(account["Number"])).ToList();
            Number(account, "Moves").Should().Be(own.Count, "each transfer has a note, and each note a transfer");
            Number(account, "Balance").Should().Be(Transfers.Start + own.Sum(
                n => n["To"].Equals(account["Number"]) ? Number(n, "Amount") : -Number(n, "Amount")));
        }

        notes.Count.Should().BeGreaterThanOrEqualTo(Kills);
        (await orders.Context.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM extenddb.transaction_tokens")
            .SingleAsync()).Should().Be(notes.Count);
        await using var worker = await InProcessWorker.StartAsync(connectionString);
        await orders.DrainedAsync();
        (await orders.DivergentAsync(Transfers.Accounts)).Should().Be(0);
        (await orders.DivergentAsync(Transfers.Notes)).Should().Be(0);
    }

    /// <summary>Starts the process and waits for its first transfer.</summary>
    private static async Task<ChildProgram> StartAsync(string connectionString, int seed)
    {
        var program = ChildProgram.Start(
            new("dotnet", [typeof(Transfers).Assembly.Location, "transfers", connectionString, seed.ToString(CultureInfo.InvariantCulture)]),
            readyLine: Transfers.Running);
        await program.ReadyAsync();
        return program;
    }

    private static async Task<List<AttributeMap>> AllAsync(Orders orders, string table)
    {
        var items = new List<AttributeMap>();
        var request = new ScanRequest(table);
        while (true)
        {
            var page = await orders.ExtendDb.ScanAsync(request);
            items.AddRange(page.Items);
            if (page.LastEvaluatedKey is null)
            {
                return items;
            }

            request = request with { ExclusiveStartKey = page.LastEvaluatedKey };
        }
    }

    private static int Number(AttributeMap item, string name) =>
        int.Parse(((AttributeValue.N)item[name]).Value.ToString(), CultureInfo.InvariantCulture);
}
