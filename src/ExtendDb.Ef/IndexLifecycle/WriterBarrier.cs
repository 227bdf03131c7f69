using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Determines when every writer uses a definition that this process sees for the first time.</summary>
/// <remarks>
/// First every process must have read the definitions again; then every transaction that was running at that time must
/// have ended.
/// </remarks>
internal sealed class WriterBarrier(ExtendDbRuntime runtime)
{
    private const string Prepared = "prepared";

    // The server locks all its lock tables to show them, so reads keep this distance.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly ProcessBarrier _age = new(runtime);
    private HashSet<string>? _running;
    private long? _lastLook;

    /// <summary>Gets how long this process has known the definition.</summary>
    public TimeSpan Elapsed => _age.Elapsed;

    /// <summary>Gets whether the barrier is waiting for transactions to end.</summary>
    public bool WaitsForTransactions => _running is { Count: > 0 };

    /// <summary>
    /// Returns whether every writer uses the definition; the caller repeats the call until it returns true.
    /// </summary>
    public async Task<bool> EveryWriterKnowsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_running is { Count: 0 })
        {
            return true;
        }

        var time = runtime.Time;
        if (!await _age.EveryProcessKnowsAsync(connection, cancellationToken)
            || (_lastLook is { } last && time.GetElapsedTime(last) < BetweenLooks))
        {
            return false;
        }

        _lastLook = time.GetTimestamp();

        var running = await ReadRunningTransactionsAsync(connection, cancellationToken);
        if (_running is null)
        {
            _running = running;
        }
        else
        {
            // A transaction gets another id when it is prepared. While any transaction is awaited, a prepared one may
            // be that one.
            var prepared = running.Where(id => id.StartsWith(Prepared, StringComparison.Ordinal));
            _running = _running.Intersect(running).Concat(prepared).ToHashSet(StringComparer.Ordinal);
        }

        return _running.Count == 0;
    }

    private static async Task<HashSet<string>> ReadRunningTransactionsAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.WriterBarrierRunningTransactions, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var running = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            running.Add(reader.GetString(0));
        }

        return running;
    }
}
