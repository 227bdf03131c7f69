using System.Text.Json;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Model;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// Puts items by a schedule while the markers of some busy partitions, an hour overdue, wait in the queue: how long after ready_at
/// the entries of the puts are committed, and how many markers of the busy partitions are applied meanwhile.
/// </summary>
internal static class FairnessBenchmark
{
    private const string Busy = "Busy";
    private const double PutsPerS = 200;
    private const int Backlog = 800_000;
    private const double HourMs = 3_600_000;
    private static readonly int[] Partitions = [0, 1, 4];
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task RunAsync(bool json, CancellationToken cancellationToken)
    {
        await using var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { Fsync = true }, cancellationToken);
        await ExtendDbMigrator.MigrateAsync(server.ConnectionString, cancellationToken);
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var busy = await CreateTablesAsync(server.ConnectionString, cancellationToken);
        using var lag = new EndToEndLag();
        var runs = new List<Run>();
        foreach (var partitions in Partitions)
        {
            if (partitions > 0)
            {
                await FillAsync(connection, busy, partitions, cancellationToken);
            }

            await using var host = await WritingHost.StartAsync(server.ConnectionString, worker: true, cancellationToken, bounded: false);
            var round = await OpenLoop.RunAsync(PutsPerS, Round, host.PutAsync, cancellationToken);
            var lags = lag.Take(round.From);
            if (partitions > 0 && !await AnyWaitsAsync(connection, cancellationToken))
            {
                throw new InvalidOperationException("The backlog was applied before the round ended.");
            }

            var puts = lags.Where(ms => ms < HourMs).ToList();
            runs.Add(new(
                partitions,
                PairedRounds.Quantile(puts, 0.5),
                PairedRounds.Quantile(puts, 0.99),
                puts.Max(),
                (lags.Count - puts.Count) / Round.TotalSeconds));
        }

        Print(runs, json);
    }

    private static async Task<TableDefinition> CreateTablesAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddExtendDb(connectionString).Services.BuildServiceProvider();
        var extendDb = services.GetRequiredService<IExtendDb>();
        await IndexedItems.CreateTableAsync(extendDb, cancellationToken);
        await extendDb.CreateTableAsync(
            new(Busy, [new("Id", KeyType.HASH), new("Line", KeyType.RANGE)], [new("Id", AttributeType.S), new("Line", AttributeType.S)])
            {
                GlobalSecondaryIndexes = [new("by-line", [new("Line", KeyType.HASH)], Projection.All)],
            },
            cancellationToken);
        return await extendDb.GetTableDefinitionAsync(Busy, cancellationToken);
    }

    /// <summary>Replaces the items of the busy table, and the queue, with a backlog in some partitions.</summary>
    private static async Task FillAsync(
        NpgsqlConnection connection, TableDefinition table, int partitions, CancellationToken cancellationToken)
    {
        var ids = Enumerable.Range(0, int.MaxValue).Select(n => $"busy-{n}").DistinctBy(id => ItemSlot.Of(PartitionHash.Of(id)));
        await using var command = new NpgsqlCommand(BenchmarkSql.BusyPartitions, connection)
        {
            CommandTimeout = 0,
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = table.GlobalIndexes.Select(index => index.Id).ToArray() },
                new() { Value = ids.Take(partitions).ToArray() },
                new() { Value = Backlog / partitions },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
        await using var settle = new NpgsqlCommand(LagSql.Settle, connection) { CommandTimeout = 0 };
        await settle.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> AnyWaitsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LagSql.AnyWaits, connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static void Print(List<Run> runs, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(runs, Json));
            return;
        }

        Console.WriteLine("busy partitions  lag of the puts p50 ms      p99      max  markers of the backlog/s");
        foreach (var run in runs)
        {
            Console.WriteLine(
                $"{run.BusyPartitions,15}{run.LagP50Ms,24:0.0}{run.LagP99Ms,9:0.0}{run.LagMaxMs,9:0.0}{run.BacklogPerS,26:N0}");
        }
    }

    /// <summary>What some busy partitions gave.</summary>
    /// <param name="BusyPartitions">How many partitions, each in a slot of its own, the backlog is spread over.</param>
    /// <param name="LagP50Ms">From ready_at, which is 10 ms after the put, to the commit of the entries.</param>
    /// <param name="LagP99Ms">The same for all but one in a hundred.</param>
    /// <param name="LagMaxMs">The longest of all.</param>
    /// <param name="BacklogPerS">Items of the busy partitions that were applied.</param>
    private sealed record Run(int BusyPartitions, double LagP50Ms, double LagP99Ms, double LagMaxMs, double BacklogPerS);
}
