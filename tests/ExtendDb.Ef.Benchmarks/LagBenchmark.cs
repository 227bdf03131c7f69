using System.Text.Json;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;
using Npgsql;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// Puts items by a schedule into a table with three global indexes, at 200 and 1,000 a second, at the highest rate that
/// can be sustained and at half of it: how long after ready_at the entries are committed, and what the worker costs the
/// writers, who write as much to the same table without it in the rounds between.
/// </summary>
internal static class LagBenchmark
{
    private const string Compared =
        "writes with a worker in the process; the same writes to the same table with no worker, its queue emptied after each round";

    private const double Step = 1.15;
    private const double RunsAwayMs = 100;
    private static readonly double[] Rates = [200, 1_000];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan HalfRound = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task RunAsync(bool json, CancellationToken cancellationToken)
    {
        await using var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { Fsync = true }, cancellationToken);
        await ExtendDbMigrator.MigrateAsync(server.ConnectionString, cancellationToken);
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        using var lag = new EndToEndLag();
        double highest;
        await using (var host = await WritingHost.StartAsync(server.ConnectionString, worker: true, cancellationToken))
        {
            await host.CreateTableAsync(cancellationToken);
            await OpenLoop.RunAsync(Rates[0], WarmUp, host.PutAsync, cancellationToken);
            highest = await FindHighestAsync(host, lag, connection, cancellationToken);
        }

        var runs = new List<Run>();
        foreach (var rate in Rates.Append(highest / 2).Append(highest))
        {
            runs.Add(await MeasureAsync(rate, server.ConnectionString, lag, connection, cancellationToken));
        }

        Print(new(highest, Compared, runs), json);
    }

    /// <summary>Raises the rate until the schedule or the queue runs away, or lowers it until neither does.</summary>
    private static async Task<double> FindHighestAsync(
        WritingHost host, EndToEndLag lag, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rate = Rates[^1];
        if (await IsSustainedAsync(rate))
        {
            while (await IsSustainedAsync(rate * Step))
            {
                rate *= Step;
            }

            return rate;
        }

        do
        {
            rate /= Step;
        }
        while (!await IsSustainedAsync(rate));

        return rate;

        // A second try, because something else may have taken the machine for a moment.
        async Task<bool> IsSustainedAsync(double perS) => await TryAsync(perS) || await TryAsync(perS);

        async Task<bool> TryAsync(double perS)
        {
            var round = await OpenLoop.RunAsync(perS, Trial, host.PutAsync, cancellationToken);
            await DrainAsync(connection, cancellationToken);
            var values = lag.Take(round.From);
            return round.LastMs < RunsAwayMs && PairedRounds.Quantile(values.TakeLast((int)perS), 0.5) < RunsAwayMs;
        }
    }

    private static async Task<Run> MeasureAsync(
        double perS,
        string connectionString,
        EndToEndLag lag,
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        var lags = new List<double>();
        var with = new List<double>();
        var without = new List<double>();
        foreach (var worker in (bool[])[true, false, false, true])
        {
            await ExecuteAsync(connection, LagSql.Settle, cancellationToken);
            await using var host = await WritingHost.StartAsync(connectionString, worker, cancellationToken);
            var round = await OpenLoop.RunAsync(perS, HalfRound, host.PutAsync, cancellationToken);
            (worker ? with : without).AddRange(round.TimesMs);
            if (worker)
            {
                await DrainAsync(connection, cancellationToken);
                lags.AddRange(lag.Take(round.From));
            }
            else
            {
                await ExecuteAsync(connection, LagSql.EmptyQueue, cancellationToken);
            }
        }

        return new(perS, Quantiles(lags), lags.Max(), Quantiles(with), Quantiles(without));
    }

    private static async Task DrainAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LagSql.AnyWaits, connection);
        await Waiting.UntilAsync(
            async () => !(bool)(await command.ExecuteScalarAsync(cancellationToken))!, "the queue is empty", cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Print(Result result, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, Json));
            return;
        }

        Console.WriteLine($"highest sustained rate: {result.HighestPerS:N0} writes/s; {result.Compared}");
        Console.WriteLine("writes/s  lag p50 ms      p99      max  write p50 ms      p99  without worker p50      p99");
        foreach (var run in result.Runs)
        {
            Console.WriteLine(
                $"{run.WritesPerS,8:N0}{run.Lag.P50Ms,12:0.0}{run.Lag.P99Ms,9:0.0}{run.LagMaxMs,9:0.0}"
                + $"{run.Writes.P50Ms,14:0.00}{run.Writes.P99Ms,9:0.0}"
                + $"{run.WritesWithoutWorker.P50Ms,20:0.00}{run.WritesWithoutWorker.P99Ms,9:0.0}");
        }
    }

    private static Times Quantiles(List<double> ms) => new(PairedRounds.Quantile(ms, 0.5), PairedRounds.Quantile(ms, 0.99));

    private sealed record Times(double P50Ms, double P99Ms);

    /// <summary>What one rate gave.</summary>
    /// <param name="WritesPerS">The rate.</param>
    /// <param name="Lag">From ready_at, which is 10 ms after the write, to the commit of the entries.</param>
    /// <param name="LagMaxMs">The longest of all.</param>
    /// <param name="Writes">From the scheduled instant to the end of the write.</param>
    /// <param name="WritesWithoutWorker">The same while nobody applies markers.</param>
    private sealed record Run(double WritesPerS, Times Lag, double LagMaxMs, Times Writes, Times WritesWithoutWorker);

    private sealed record Result(double HighestPerS, string Compared, IReadOnlyList<Run> Runs);
}
