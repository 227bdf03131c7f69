using System.Diagnostics;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

public class LateMarkerTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);

    // What a batch scans again of a drained slot is 2 s, of which the test leaves some out.
    private static readonly TimeSpan LookBack = TimeSpan.FromSeconds(1.8);

    [Fact]
    public async Task Marker_that_commits_soon_after_later_ones_were_applied_does_not_wait_for_a_sweep()
    {
        // Sweeps never become due, because the time stands still.
        var time = new StandingTime();
        await using var host = await HostWithHintAsync("Late", time);
        var ids = Tables.Ids(HintedSlot, same: true).GetEnumerator();
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            var (late, later) = (Next(ids), Next(ids));
            await using var context = host.CreateContext();
            await using var slow = await context.Database.BeginTransactionAsync();
            await context.ExtendDb().PutItemAsync(new("Late", Tables.Item(late, 1)));
            await host.PutAsync("Late", Tables.Item(later, 2));
            await Waiting.UntilAsync(async () => (await host.ApplyAsync()).Markers == 1, "the later one is applied");
            var isSoon = Stopwatch.GetElapsedTime(began) < LookBack;
            await slow.CommitAsync();
            if (isSoon)
            {
                var batch = await host.ApplyAsync();

                batch.Markers.Should().Be(1);
                (await VisibleAsync(host, "Late")).Should().Contain(late).And.Contain(later);
                return;
            }

            // A busy machine took longer than a batch looks back: once more, with a queue that a sweep has emptied.
            time.Jump(SweepInterval);
            await Oracle.ApplyAllAndExactAsync(host);
        }

        static string Next(IEnumerator<string> ids) => ids.MoveNext() ? ids.Current : throw new InvalidOperationException();
    }

    [Fact]
    public async Task Marker_older_than_the_hint_is_applied_by_the_next_sweep()
    {
        var time = new JumpingTime();
        await using var host = await HostWithHintAsync("Swept", time);
        var old = await PutWithOldMarkerAsync(host, "Swept");

        time.Jump(SweepInterval);
        await host.ApplyAsync();

        (await VisibleAsync(host, "Swept")).Should().Contain(old);
        await Oracle.ApplyAllAndExactAsync(host);
    }

    [Fact]
    public async Task Looking_for_the_next_marker_does_not_use_up_the_sweep()
    {
        var time = new JumpingTime();
        await using var host = await HostWithHintAsync("Looked", time);
        var old = await PutWithOldMarkerAsync(host, "Looked");

        for (var i = 0; i < 5; i++)
        {
            time.Jump(SweepInterval);
            await host.Database.Batches.UntilNextAsync(CancellationToken.None);
            await host.ApplyAsync();
        }

        (await VisibleAsync(host, "Looked")).Should().Contain(old, "there was time for five sweeps");
    }

    [Fact]
    public async Task Writers_without_delay_do_not_use_up_the_sweep()
    {
        var time = new JumpingTime();
        await using var host = await HostWithHintAsync("Writing", time);
        await Tables.CreateAsync(host, "Immediate", Tables.NoDelay);
        var old = await PutWithOldMarkerAsync(host, "Writing");
        var elsewhere = Tables.Ids(Tables.SlotOf(old), same: false).First();

        for (var i = 0; i < 5; i++)
        {
            time.Jump(SweepInterval);
            await host.PutAsync("Immediate", Tables.Item(elsewhere, i));
            await host.ApplyAsync();
        }

        (await VisibleAsync(host, "Writing")).Should().Contain(old, "there was time for five sweeps");
    }

    [Fact]
    public async Task Write_without_delay_in_a_long_transaction_is_visible_when_its_commit_returns()
    {
        await using var host = await HostWithHintAsync("Long", new JumpingTime());
        await Tables.CreateAsync(host, "LongImmediate", Tables.NoDelay);
        var id = Tables.Ids(HintedSlot, same: true).First();
        await using var context = host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new("LongImmediate", Tables.Item(id, 1)));

        // Open for longer than the hint looks back, and the hint goes on meanwhile.
        await context.Database.ExecuteSqlAsync($"SELECT pg_sleep(2.5)");
        await host.PutAsync("Long", Tables.Item("hinted", 2));
        await Waiting.UntilAsync(async () => (await host.ApplyAsync()).Markers == 1, "the slot is drained");
        await transaction.CommitAsync();

        (await VisibleAsync(host, "LongImmediate")).Should().Contain(id);
    }

    private static short HintedSlot => Tables.SlotOf("hinted");

    /// <summary>Starts a host that has applied a marker of one slot just now, and so will look from 2 s ago next time.</summary>
    private async Task<PropagationHost> HostWithHintAsync(string table, TimeProvider time)
    {
        var host = await PropagationHost.StartWithoutWorkerAsync(
            await fixture.CreateDatabaseAsync(), time: time);
        await Tables.CreateAsync(host, table, Tables.Short);
        await host.PutAsync(table, Tables.Item("hinted", 0));
        await Oracle.ApplyAllAndExactAsync(host);
        return host;
    }

    /// <summary>Puts an item of the slot with the hint, whose marker looks like that of an hour-long transaction.</summary>
    private static async Task<string> PutWithOldMarkerAsync(PropagationHost host, string table)
    {
        var id = Tables.Ids(HintedSlot, same: true).First();
        await host.PutAsync(table, Tables.Item(id, 1));
        await Oracle.ScalarAsync(host, "UPDATE extenddb.gsi_pending SET ready_at = ready_at - interval '1 hour'");
        return id;
    }

    private static async Task<HashSet<string>> VisibleAsync(PropagationHost host, string table) =>
        [.. (await host.QueryAsync(table, "ByGroup0", "Group", "all")).Select(i => i.Id())];
}
