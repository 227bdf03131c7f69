using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.CrashTests;

public class RepairWithoutWorkerTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Repair_ends_when_it_has_enqueued_everything_though_no_worker_runs()
    {
        await using var orders = await Orders.CreateAsync(fixture.ConnectionString);
        await orders.PutAsync(1, 1, total: 1);
        await orders.Context.Database.ExecuteSqlRawAsync("DELETE FROM extenddb.gsi_pending");
        await orders.PutAsync(1, 2, total: 2);
        await orders.Context.Database.ExecuteSqlRawAsync(
            "UPDATE extenddb.gsi_pending SET ready_at = now() - interval '1 minute'");

        await using var repair = ExtendDbProcess.Start(
            fixture.ConnectionString, "repair", "--table", Orders.Table, "--index", "by-number");
        await Waiting.UntilAsync(async () => await orders.PendingAsync() >= 2, "the repair enqueues");
        var ended = await Record.ExceptionAsync(() => repair.ExitCodeAsync());

        ended.Should().BeNull("there is nothing left to enqueue, so nothing to hold back");
    }
}
