using System.Diagnostics;
using System.Text.Json;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// Applies 300,000 markers over 100,000 items with three indexes; beside it, on the same server in the same run, the
/// same entries one row per transaction, and by one bare INSERT … SELECT.
/// </summary>
internal static class PropagationBenchmark
{
    private const int Items = 100_000;
    private const int Loops = 2;
    private const int RowConnections = 4;
    private static readonly TimeSpan RowAtATimeFor = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task RunAsync(bool json, CancellationToken cancellationToken)
    {
        await using var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { Fsync = true }, cancellationToken);
        await ExtendDbMigrator.MigrateAsync(server.ConnectionString, cancellationToken);

        // No host, so no loops but those that are measured.
        await using var services = new ServiceCollection().AddExtendDb(server.ConnectionString).Services.BuildServiceProvider();
        var runtime = services.GetRequiredKeyedService<ExtendDbRuntime>(typeof(ExtendDbContext));
        var table = await IndexedItems.CreateTableAsync(services.GetRequiredService<IExtendDb>(), cancellationToken);
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);

        await IndexedItems.CopyAsync(connection, table, Items, cancellationToken);
        await ExecuteAsync(connection, "VACUUM ANALYZE extenddb.items", cancellationToken);

        // A first round that is not measured: workers run for days, and their code is compiled in the first seconds.
        await ExecuteAsync(connection, BenchmarkSql.FillQueue, cancellationToken);
        await ApplyAllAsync(runtime, cancellationToken);
        await ExecuteAsync(connection, BenchmarkSql.Empty, cancellationToken);
        await ExecuteAsync(connection, BenchmarkSql.FillQueue, cancellationToken);
        await ExecuteAsync(connection, "CHECKPOINT", cancellationToken);

        var applied = await MeasureAsync(() => ApplyAllAsync(runtime, cancellationToken));
        var entries = await CountAsync(connection, "extenddb.index_entries", cancellationToken);
        if (entries != Items * IndexedItems.Indexes || await CountAsync(connection, "extenddb.gsi_pending", cancellationToken) != 0)
        {
            throw new InvalidOperationException($"{entries} entries were written instead of {Items * IndexedItems.Indexes}.");
        }

        await ExecuteAsync(connection, BenchmarkSql.CreatePeers, cancellationToken);
        await ExecuteAsync(connection, "CHECKPOINT", cancellationToken);
        var limit = await MeasureAsync(() => ExecuteAsync(connection, BenchmarkSql.InsertSelect, cancellationToken));

        await ExecuteAsync(connection, BenchmarkSql.FillRowQueue, cancellationToken);
        await ExecuteAsync(connection, "VACUUM ANALYZE bench.row_queue", cancellationToken);
        await ExecuteAsync(connection, "CHECKPOINT", cancellationToken);
        var rows = await RowAtATime.RunAsync(server.ConnectionString, RowConnections, RowAtATimeFor, cancellationToken);

        Print(new(
            entries / applied.TotalSeconds,
            rows / RowAtATimeFor.TotalSeconds,
            entries / limit.TotalSeconds), json);
    }

    private static void Print(Result result, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, Json));
            return;
        }

        Console.WriteLine($"level-triggered batches  {result.EntriesPerS,10:N0} entries/s with {Loops} loops");
        Console.WriteLine($"one row per transaction  {result.RowAtATimePerS,10:N0} entries/s with {RowConnections} connections");
        Console.WriteLine($"bare INSERT … SELECT     {result.LimitPerS,10:N0} entries/s");
        Console.WriteLine($"ratios                   {result.RatioToRowAtATime:0.0} and {result.RatioToLimit:0.00}");
    }

    private static async Task ApplyAllAsync(ExtendDbRuntime runtime, CancellationToken cancellationToken)
    {
        var options = runtime.Options.Propagation;
        await Task.WhenAll(Enumerable.Range(0, Loops).Select(_ => Task.Run(
            async () =>
            {
                var pace = new BatchSizer(options.MaxBatchSize);
                while ((await runtime.Batches.ApplyDueAsync(pace, cancellationToken)).Markers > 0)
                {
                    // The next batch.
                }
            },
            cancellationToken)));
    }

    private static async Task<TimeSpan> MeasureAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table}", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private sealed record Result(double EntriesPerS, double RowAtATimePerS, double LimitPerS)
    {
        public double RatioToRowAtATime => EntriesPerS / RowAtATimePerS;

        public double RatioToLimit => EntriesPerS / LimitPerS;
    }
}
