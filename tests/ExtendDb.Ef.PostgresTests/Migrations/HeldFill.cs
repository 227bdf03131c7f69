using Npgsql;

namespace ExtendDb.Ef.PostgresTests.Migrations;

/// <summary>Makes the migration to slots wait at the last item of a <see cref="ShardedQueue"/> until it is let go.</summary>
/// <remarks>
/// A lock of the row itself would make the migration wait at its first step, which locks the whole table. A trigger waits
/// for an advisory lock instead.
/// </remarks>
internal sealed class HeldFill : IAsyncDisposable
{
    private const string Fill = "CALL extenddb.fill_slots()";

    private readonly string _connectionString;
    private readonly NpgsqlConnection _holder;

    private HeldFill(string connectionString, NpgsqlConnection holder)
    {
        _connectionString = connectionString;
        _holder = holder;
    }

    /// <summary>Holds what comes of a database that is not migrated yet.</summary>
    public static async Task<HeldFill> OfAsync(string connectionString)
    {
        await Sql.ExecuteAsync(connectionString, $$"""
            CREATE FUNCTION public.wait_until_let_go() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock_shared(1);
                RETURN NEW;
            END $$;
            CREATE TRIGGER held BEFORE UPDATE ON extenddb.items FOR EACH ROW
            WHEN (OLD.version = {{ShardedQueue.LastItemVersion}}) EXECUTE FUNCTION public.wait_until_let_go()
            """);
        var holder = await Sql.OpenAsync(connectionString);
        await Sql.ExecuteAsync(holder, "SELECT pg_advisory_lock(1)");
        return new(connectionString, holder);
    }

    /// <summary>Waits until as many migrations wait there.</summary>
    public Task ReachedAsync(int migrations = 1) => LockWaits.UntilAsync(_connectionString, migrations, "the last item is reached");

    /// <summary>Ends the backend of each migration that waits there.</summary>
    public Task TerminateAsync() => SignalAsync("pg_terminate_backend");

    /// <summary>Ends the statement of each migration that waits there; its connection stays.</summary>
    public Task CancelAsync() => SignalAsync("pg_cancel_backend");

    /// <summary>Locks an item that has been filled in the same chunk as the last one: a deadlock, which does not end this lock.</summary>
    public Task LockItemBeforeAsync() => Sql.ExecuteAsync(_holder, $$"""
        SET deadlock_timeout = '1h';
        SELECT FROM extenddb.items WHERE document #>> '{Id,S}' = 'id{{ShardedQueue.Items - 1}}' FOR UPDATE
        """);

    /// <summary>Lets everybody go on.</summary>
    public Task LetGoAsync() => Sql.ExecuteAsync(_holder, "SELECT pg_advisory_unlock(1)");

    public ValueTask DisposeAsync() => _holder.DisposeAsync();

    private Task SignalAsync(string function) => Sql.ExecuteAsync(
        _connectionString,
        $"""
        SELECT {function}(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%' || $1 || '%'
        """,
        Fill);
}
