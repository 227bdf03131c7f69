using ExtendDb.Ef.IndexLifecycle;
using FluentAssertions;
using Npgsql;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>What must hold after any scenario, and how to wait for it.</summary>
internal static class Oracle
{
    /// <summary>Waits until no marker is left, and compares every index of every table with its items.</summary>
    public static async Task DrainedAndExactAsync(PropagationHost host, string because = "")
    {
        await DrainedAsync(host, because);
        await ExactAsync(host, because);
    }

    public static Task DrainedAsync(PropagationHost host, string because = "") => Waiting.UntilAsync(
        async () => await PendingAsync(host) == 0, $"the queue is drained {because}");

    /// <summary>Applies markers here and now until none is left, and compares every index with its items.</summary>
    public static async Task ApplyAllAndExactAsync(PropagationHost host)
    {
        (await ScalarAsync(host, "SELECT count(*) FROM extenddb.gsi_pending WHERE slot <> get_byte(uuid_send(partition_hash), 0) / 4"))
            .Should().Be(0L, "the turn of an item is that of its slot");
        await Waiting.UntilAsync(
            async () =>
            {
                await host.ApplyAsync();
                return await PendingAsync(host) == 0;
            },
            "the queue is drained");
        await ExactAsync(host, "");
    }

    public static async Task ExactAsync(PropagationHost host, string because)
    {
        foreach (var verified in await VerifyAsync(host))
        {
            (verified.Missing, verified.Stale, verified.Orphaned, verified.Waiting).Should().Be(
                (0, 0, 0, 0), "{0}.{1} should equal its items {2}", verified.Table, verified.Index, because);
        }

        (await PendingAsync(host)).Should().Be(0);
    }

    public static async Task<List<VerifiedIndex>> VerifyAsync(PropagationHost host)
    {
        host.Database.Definitions.Forget();
        var definitions = await host.Database.Definitions.GetAsync(CancellationToken.None);
        var verified = new List<VerifiedIndex>();
        foreach (var table in definitions.Tables)
        {
            verified.AddRange(await IndexVerification.RunAsync(host.Database, table, CancellationToken.None));
        }

        return verified;
    }

    public static async Task<long> PendingAsync(PropagationHost host) =>
        (long)(await ScalarAsync(host, "SELECT count(*) FROM extenddb.gsi_pending"))!;

    public static async Task<object?> ScalarAsync(PropagationHost host, string sql, params object[] parameters)
    {
        await using var connection = await host.Database.Connections.OpenAsync(CancellationToken.None);
        return await Sql.ScalarAsync(connection, sql, parameters);
    }

    public static Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, params object[] parameters) =>
        Sql.ScalarAsync(connection, sql, parameters);

    /// <summary>Waits until a backend of a host waits for a lock, and returns its process id.</summary>
    public static async Task<int> WaitingForLockAsync(PropagationHost waiter, PropagationHost observer)
    {
        object? pid = null;
        await Waiting.UntilAsync(
            async () => (pid = await ScalarAsync(
                observer,
                "SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'",
                waiter.ApplicationName)) is not null,
            "a batch waits for the lock");
        return (int)pid!;
    }
}
