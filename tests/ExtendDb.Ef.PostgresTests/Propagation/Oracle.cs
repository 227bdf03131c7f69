using ExtendDb.Ef.IndexLifecycle;
using FluentAssertions;
using Npgsql;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>What must hold after any scenario, and how to wait for it.</summary>
internal static class Oracle
{
    /// <summary>Waits until no marker is left, and compares every index of every table with its items.</summary>
    public static async Task DrainedAndExactAsync(PropagationHost host, string because = "", int seconds = 30)
    {
        await DrainedAsync(host, because, seconds);
        await ExactAsync(host, because);
    }

    public static Task DrainedAsync(PropagationHost host, string because = "", int seconds = 30) => UntilAsync(
        async () => await PendingAsync(host) == 0, $"the queue should be drained {because}", seconds);

    /// <summary>Applies markers here and now until none is left, and compares every index with its items.</summary>
    public static async Task ApplyAllAndExactAsync(PropagationHost host)
    {
        await UntilAsync(
            async () =>
            {
                await host.ApplyAsync();
                return await PendingAsync(host) == 0;
            },
            "the queue should be drained");
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
        return await ScalarAsync(connection, sql, parameters);
    }

    public static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteScalarAsync();
    }

    /// <summary>Waits until a backend of a host waits for a lock, and returns its process id.</summary>
    public static async Task<int> WaitingForLockAsync(PropagationHost waiter, PropagationHost observer)
    {
        object? pid = null;
        await UntilAsync(
            async () => (pid = await ScalarAsync(
                observer,
                "SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'",
                waiter.ApplicationName)) is not null,
            "a batch should wait for the lock");
        return (int)pid!;
    }

    public static async Task UntilAsync(Func<Task<bool>> condition, string because, int seconds = 30)
    {
        (await TakesAsync(condition, TimeSpan.FromSeconds(seconds))).Should().NotBeNull(
            "{0} within {1} s", because, seconds);
    }

    /// <summary>Returns how long it took until a condition held; null when it did not in time.</summary>
    public static async Task<TimeSpan?> TakesAsync(Func<Task<bool>> condition, TimeSpan atMost)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var holds = await condition();
            var took = TimeProvider.System.GetElapsedTime(began);
            if (holds)
            {
                return took;
            }

            if (took > atMost)
            {
                return null;
            }

            await Task.Delay(2);
        }
    }
}
