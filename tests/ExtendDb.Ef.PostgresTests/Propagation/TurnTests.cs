using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

public class TurnTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Two_workers_never_apply_one_item_at_once()
    {
        await using var scene = await BatchUnderWayAsync();
        await scene.Other.PutAsync("Turns", Tables.Item("held", 3));
        await DueAsync(scene.Other);

        var outcome = await scene.Other.ApplyAsync();

        outcome.Markers.Should().Be(0);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Worker_goes_on_with_other_slots_while_one_is_taken()
    {
        await using var scene = await BatchUnderWayAsync();
        var elsewhere = Tables.Ids(Tables.SlotOf("held"), same: false).First();
        await scene.Other.PutAsync("Turns", Tables.Item(elsewhere, 7));

        await Waiting.UntilAsync(async () => (await scene.Other.ApplyAsync()).Markers == 1, "the other slot is applied");

        (await scene.Other.QueryAsync("Turns", "ByGroup0", "Group", "all"))
            .Should().ContainSingle(item => item.Id() == elsewhere && item.Seq() == 7);
        await scene.EndAsync();
    }

    [Fact]
    public async Task Batch_that_waited_for_its_turn_applies_what_committed_meanwhile()
    {
        await using var scene = await BatchUnderWayAsync();
        await using var connection = await scene.Other.Database.Connections.OpenAsync(CancellationToken.None);
        var waiting = scene.Other.Database.Batches.ApplyImmediatelyAsync(
            connection,
            Tables.SlotOf("held"),
            DateTimeOffset.UtcNow.AddMinutes(-1),
            DateTimeOffset.UtcNow.AddMinutes(1),
            CancellationToken.None);
        await Oracle.WaitingForLockAsync(scene.Other, scene.Holder);
        await scene.Holder.PutAsync("Turns", Tables.Item("held", 3));

        await scene.ReleaseAsync();
        await scene.Batch;
        await waiting;

        (await scene.Other.QueryAsync("Turns", "ByGroup0", "Group", "all"))
            .Should().ContainSingle(item => item.Id() == "held").Which.Seq().Should().Be(3);
        await Oracle.ExactAsync(scene.Other, "at the end");
    }

    [Fact]
    public async Task Batch_whose_backend_was_terminated_leaves_its_markers_for_the_next()
    {
        await using var scene = await BatchUnderWayAsync();

        await Oracle.ScalarAsync(scene.Other, "SELECT pg_terminate_backend($1)", scene.HolderPid);
        await scene.Batch.Invoking(batch => batch).Should().ThrowAsync<NpgsqlException>();

        (await Oracle.PendingAsync(scene.Other)).Should().Be(1);
        await scene.ReleaseAsync();
        await Oracle.ApplyAllAndExactAsync(scene.Other);
        (await scene.Other.QueryAsync("Turns", "ByGroup0", "Group", "all")).Should().ContainSingle()
            .Which.Seq().Should().Be(2);
    }

    /// <summary>Holds a batch between its claim and its commit: it waits to write the entry of the item "held".</summary>
    private async Task<Scene> BatchUnderWayAsync()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        var holder = await PropagationHost.StartWithoutWorkerAsync(connectionString);
        var other = await PropagationHost.StartWithoutWorkerAsync(connectionString);
        await Tables.CreateAsync(holder, "Turns", Tables.Short);
        await holder.PutAsync("Turns", Tables.Item("held", 1));
        await Oracle.ApplyAllAndExactAsync(holder);

        var blocker = await other.Database.Connections.OpenAsync(CancellationToken.None);
        var blocking = await blocker.BeginTransactionAsync();
        await Sql.ScalarAsync(blocker, "SELECT 1 FROM extenddb.index_entries FOR UPDATE");
        await holder.PutAsync("Turns", Tables.Item("held", 2));
        await DueAsync(holder);
        var batch = Task.Run(holder.ApplyAsync);
        var pid = await Oracle.WaitingForLockAsync(holder, other);
        return new(holder, other, blocker, blocking, batch, pid);
    }

    /// <summary>Waits until every marker is due.</summary>
    private static Task DueAsync(PropagationHost host) => Waiting.UntilAsync(
        async () => (bool)(await Oracle.ScalarAsync(host, "SELECT max(ready_at) < now() FROM extenddb.gsi_pending"))!,
        "the markers are due");

    private sealed record Scene(
        PropagationHost Holder,
        PropagationHost Other,
        NpgsqlConnection Blocker,
        NpgsqlTransaction Blocking,
        Task Batch,
        int HolderPid) : IAsyncDisposable
    {
        public async Task ReleaseAsync() => await Blocking.RollbackAsync();

        /// <summary>Lets the batch commit, applies the rest, and checks the oracle.</summary>
        public async Task EndAsync()
        {
            await ReleaseAsync();
            await Batch;
            await Oracle.ApplyAllAndExactAsync(Other);
        }

        public async ValueTask DisposeAsync()
        {
            await Blocking.DisposeAsync();
            await Blocker.DisposeAsync();
            await Holder.DisposeAsync();
            await Other.DisposeAsync();
        }
    }
}
