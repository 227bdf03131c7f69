using System.Diagnostics;
using System.Text.Json;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

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
        await using var context = new ExtendDbContext(
            (DbContextOptions<ExtendDbContext>)new DbContextOptionsBuilder<ExtendDbContext>()
                .UseNpgsql(server.ConnectionString).UseExtendDb().Options);
        var database = LocalDatabase.Of(context);
        var table = await CreateTableAsync(context, cancellationToken);
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);

        await CopyItemsAsync(connection, table, cancellationToken);
        await ExecuteAsync(connection, "VACUUM ANALYZE extenddb.items", cancellationToken);

        // A first round that is not measured: workers run for days, and their code is compiled in the first seconds.
        await ExecuteAsync(connection, BenchmarkSql.FillQueue, cancellationToken);
        await ApplyAllAsync(database, cancellationToken);
        await ExecuteAsync(connection, BenchmarkSql.Empty, cancellationToken);
        await ExecuteAsync(connection, BenchmarkSql.FillQueue, cancellationToken);
        await ExecuteAsync(connection, "CHECKPOINT", cancellationToken);

        var applied = await MeasureAsync(() => ApplyAllAsync(database, cancellationToken));
        var entries = await CountAsync(connection, "extenddb.index_entries", cancellationToken);
        if (entries != Items * 3 || await CountAsync(connection, "extenddb.gsi_pending", cancellationToken) != 0)
        {
            throw new InvalidOperationException($"{entries} entries were written instead of {Items * 3}.");
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

    private static async Task<TableDefinition> CreateTableAsync(ExtendDbContext context, CancellationToken cancellationToken)
    {
        var extendDb = context.ExtendDb();
        await extendDb.CreateTableAsync(
            new(
                "Bench",
                [new("Id", KeyType.HASH)],
                [
                    new("Id", AttributeType.S), new("Group", AttributeType.S), new("Score", AttributeType.N),
                    new("Day", AttributeType.S),
                ])
            {
                GlobalSecondaryIndexes =
                [
                    new("by-group", [new("Group", KeyType.HASH), new("Score", KeyType.RANGE)], Projection.All),
                    new("by-day", [new("Day", KeyType.HASH), new("Score", KeyType.RANGE)], Projection.Include("Title")),
                    new("by-score", [new("Score", KeyType.HASH)], Projection.KeysOnly),
                ],
            },
            cancellationToken);
        return await extendDb.FindTableAsync("Bench", cancellationToken);
    }

    private static async Task CopyItemsAsync(
        NpgsqlConnection connection, TableDefinition table, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        await using var copy = await connection.BeginBinaryImportAsync(BenchmarkSql.CopyItems, cancellationToken);
        for (var i = 0; i < Items; i++)
        {
            var item = Item.Create(table, new AttributeMap
            {
                ["Id"] = $"item-{i:D8}",
                ["Group"] = $"group-{random.Next(1_000)}",
                ["Score"] = random.Next(1_000_000),
                ["Day"] = $"2026-{1 + random.Next(12):D2}-{1 + random.Next(28):D2}",
                ["Title"] = $"The title of item {i}",
                ["Active"] = i % 2 == 0,
                ["Text"] = new string((char)('a' + (i % 26)), 120),
            });
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(item.TableId, cancellationToken);
            await copy.WriteAsync(item.PartitionHash, cancellationToken);
            await copy.WriteAsync(item.SortKey, cancellationToken);
            await copy.WriteAsync(StoredDocument.Write(item.Document), NpgsqlDbType.Jsonb, cancellationToken);
            await copy.WriteAsync(item.SizeBytes, cancellationToken);
            await copy.WriteAsync(1L, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task ApplyAllAsync(LocalDatabase database, CancellationToken cancellationToken)
    {
        var options = database.Options.Propagation;
        await Task.WhenAll(Enumerable.Range(0, Loops).Select(_ => Task.Run(
            async () =>
            {
                var pace = new BatchPace(options.MaxBatchSize);
                while ((await database.Batches.ApplyDueAsync(pace, cancellationToken)).Markers > 0)
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
