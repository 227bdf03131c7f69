using System.Diagnostics;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>How much memory a worker needs for a queue of the largest items that there are.</summary>
internal static class MemoryBenchmark
{
    private const int Items = 10_000;
    private const long Most = 400_000_000;
    private const string Table = "Large";

    /// <summary>Applies the markers of 10,000 items of 400 KB, and prints the largest working set of the process.</summary>
    /// <returns>0 when it stayed below 400 MB, otherwise 1.</returns>
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await LocalPostgres.StartAsync(cancellationToken: cancellationToken);
        await ExtendDbMigrator.MigrateAsync(server.ConnectionString, cancellationToken);
        using var host = Build(server.ConnectionString);
        await FillAsync(host, server.ConnectionString, cancellationToken);
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        var began = Stopwatch.StartNew();
        await host.StartAsync(cancellationToken);
        var largest = before;
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var waiting = new NpgsqlCommand("SELECT EXISTS (SELECT FROM extenddb.gsi_pending)", connection);
        while (await waiting.ExecuteScalarAsync(cancellationToken) is true)
        {
            process.Refresh();
            largest = Math.Max(largest, process.WorkingSet64);
        }

        Console.WriteLine(
            $"{Items} items of {ItemBytes / 1000} KB, applied in {began.Elapsed.TotalSeconds:0} s: working set {before / 1_000_000} MB "
            + $"before, {largest / 1_000_000} MB at most");
        await host.StopAsync(cancellationToken);
        return largest < Most ? 0 : 1;
    }

    private const int ItemBytes = 400_000;

    private static IHost Build(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddExtendDb(connectionString);
        return builder.Build();
    }

    private static async Task FillAsync(IHost host, string connectionString, CancellationToken cancellationToken)
    {
        var extendDb = host.Services.GetRequiredService<IExtendDb>();
        await extendDb.CreateTableAsync(
            new(Table, [new("Id", KeyType.HASH)], [new("Id", AttributeType.S), new("Group", AttributeType.S)])
            {
                GlobalSecondaryIndexes = [new("by-group", [new("Group", KeyType.HASH)], Projection.All)],
            },
            cancellationToken);
        var table = await extendDb.GetTableDefinitionAsync(Table, cancellationToken);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var fill = new NpgsqlCommand(BenchmarkSql.LargeItems, connection) { CommandTimeout = 0 };
        fill.Parameters.Add(new() { Value = table.Id });
        fill.Parameters.Add(new() { Value = Items });
        fill.Parameters.Add(new() { Value = ItemBytes });
        fill.Parameters.Add(new() { Value = table.Indexes.Select(index => index.Id).ToArray() });
        await fill.ExecuteNonQueryAsync(cancellationToken);
    }
}
