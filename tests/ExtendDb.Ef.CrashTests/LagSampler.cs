using Npgsql;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Looks again and again, with SQL of its own, by how much the oldest due marker is overdue.</summary>
internal sealed class LagSampler : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<(TimeSpan Most, int Samples)> _looking;

    private LagSampler(string connectionString) => _looking = Task.Run(() => RunAsync(connectionString));

    public static LagSampler Start(string connectionString) => new(connectionString);

    /// <summary>Ends the looking, and tells the most that was seen.</summary>
    public async Task<(TimeSpan Most, int Samples)> StopAsync()
    {
        await _stop.CancelAsync();
        return await _looking;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_looking);
        _stop.Dispose();
    }

    private async Task<(TimeSpan Most, int Samples)> RunAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var look = new NpgsqlCommand(
            "SELECT coalesce(now() - min(ready_at), '0') FROM extenddb.gsi_pending WHERE ready_at <= now()", connection);
        var (most, samples) = (TimeSpan.Zero, 0);

        // Not as fast as it can: the processes that are watched need the processor too.
        using var pace = new PeriodicTimer(Pace);
        for (; !_stop.IsCancellationRequested; samples++)
        {
            var lag = (TimeSpan)(await look.ExecuteScalarAsync())!;
            most = lag > most ? lag : most;
            await pace.WaitForNextTickAsync();
        }

        return (most, samples);
    }
}
