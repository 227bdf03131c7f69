using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.CrashTests;

/// <summary>What must be true after every scenario, once the server is well and a worker runs.</summary>
internal static class CrashOracle
{
    /// <summary>
    /// Waits until the queue is empty; then nothing is in quarantine, every index of every table equals its items, and
    /// every key holds what was acknowledged.
    /// </summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="ledger">What was written; null when the scenario keeps no account of it.</param>
    public static async Task CheckAsync(string connectionString, Ledger? ledger = null)
    {
        await using var orders = Orders.Open(Sessions.Unpooled(connectionString));
        await orders.Context.Database.OpenConnectionAsync();
        await Waiting.UntilAsync(async () => await orders.PendingAsync() == 0, "no marker waits");
        (await orders.Context.GsiQuarantine.ToListAsync()).Should().BeEmpty("a server in trouble is no fault of an entry");
        foreach (var table in (await orders.ExtendDb.ListTablesAsync(new())).TableNames)
        {
            (await orders.DivergentAsync(table)).Should().Be(0, "every index of {0} equals its items", table);
        }

        foreach (var group in ledger?.Groups ?? [])
        {
            var stored = new List<AttributeMap?>();
            foreach (var place in group)
            {
                stored.Add((await orders.ExtendDb.GetItemAsync(new(place.Table, place.Key) { ConsistentRead = true })).Item);
            }

            ledger!.Saw(group, stored);
        }
    }
}
