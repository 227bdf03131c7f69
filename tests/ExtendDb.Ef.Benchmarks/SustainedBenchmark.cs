using System.Text.Json;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;
using Npgsql;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// Finds the highest rate of writes to a table with three global indexes at which, for a minute, all but one in a hundred of
/// the entries are there within 100 ms; client, worker and database share the machine.
/// </summary>
internal static class SustainedBenchmark
{
    private const double LagMs = 100;
    private const double First = 1_000;
    private const int Halvings = 4;
    private const int Minutes = 5;
    private const double Lower = 0.85;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task RunAsync(bool json, CancellationToken cancellationToken)
    {
        await using var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { Fsync = true }, cancellationToken);
        await ExtendDbMigrator.MigrateAsync(server.ConnectionString, cancellationToken);
        using var lag = new EndToEndLag();
        await using var host = await WritingHost.StartAsync(server.ConnectionString, worker: true, cancellationToken);
        await host.CreateTableAsync(cancellationToken);
        await OpenLoop.RunAsync(First, WarmUp, host.PutAsync, cancellationToken);
        await DrainAsync(server.ConnectionString, cancellationToken);
        lag.Take(from: 0);

        var (good, bad) = (0.0, First);
        while ((await TryAsync(bad, Trial)).IsSustained)
        {
            (good, bad) = (bad, bad * 2);
        }

        for (var i = 0; i < Halvings; i++)
        {
            var middle = Math.Sqrt(Math.Max(good, First / 8) * bad);
            (good, bad) = (await TryAsync(middle, Trial)).IsSustained ? (middle, bad) : (good, middle);
        }

        for (var (i, rate) = (0, good); i < Minutes; i++, rate *= Lower)
        {
            var minute = await TryAsync(rate, Minute);
            if (minute.IsSustained)
            {
                Print(minute, json);
                return;
            }
        }

        throw new InvalidOperationException($"{good:N0} writes/s were sustained for seconds, but nothing near it for a minute.");

        async Task<Round> TryAsync(double perS, TimeSpan time)
        {
            var round = await OpenLoop.RunAsync(perS, time, host.PutAsync, cancellationToken);
            await DrainAsync(server.ConnectionString, cancellationToken);
            var lags = lag.Take(round.From);
            var tried = new Round(
                perS,
                PairedRounds.Quantile(lags, 0.5),
                PairedRounds.Quantile(lags, 0.99),
                PairedRounds.Quantile(round.TimesMs, 0.5),
                PairedRounds.Quantile(round.TimesMs, 0.99),
                round.LastMs);
            await Console.Error.WriteLineAsync($"{time.TotalSeconds:0} s: {tried}");
            return tried;
        }
    }

    private static async Task DrainAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(LagSql.AnyWaits, connection);
        await Waiting.UntilAsync(
            async () => !(bool)(await command.ExecuteScalarAsync(cancellationToken))!, "the queue is empty", cancellationToken);
    }

    private static void Print(Round round, bool json) => Console.WriteLine(json
        ? JsonSerializer.Serialize(round, Json)
        : $"{round.WritesPerS:N0} writes/s for a minute: lag p50 {round.LagP50Ms:0.0} ms, p99 {round.LagP99Ms:0.0} ms; "
            + $"writes p99 {round.WriteP99Ms:0.0} ms");

    /// <summary>What one rate gave.</summary>
    /// <param name="WritesPerS">The rate.</param>
    /// <param name="LagP50Ms">From ready_at, which is 10 ms after the write, to the commit of the entries.</param>
    /// <param name="LagP99Ms">The same for all but one in a hundred.</param>
    /// <param name="WriteP50Ms">From the scheduled instant to the end of the write.</param>
    /// <param name="WriteP99Ms">The same for all but one in a hundred.</param>
    /// <param name="LastMs">The median of the writes of the last second.</param>
    private sealed record Round(double WritesPerS, double LagP50Ms, double LagP99Ms, double WriteP50Ms, double WriteP99Ms, double LastMs)
    {
        public bool IsSustained => LagP99Ms < LagMs && LastMs < LagMs;
    }
}
