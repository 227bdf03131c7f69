using System.Text.Json;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Model;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// Puts, gets, updates and queries items of a table with one global index; beside each operation, on the same server in
/// the same run, the bare statements that do the same work, by the round trips of a transaction and by the fewest.
/// </summary>
internal static class DataPlaneBenchmark
{
    // More than the cores of a small machine, so that what the library computes shows, and not only how long a disk takes.
    private const int Workers = 4;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task RunAsync(bool json, CancellationToken cancellationToken)
    {
        await using var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { Fsync = true }, cancellationToken);
        await ExtendDbMigrator.MigrateAsync(server.ConnectionString, cancellationToken);

        // No host, so no propagation worker: it would take its turn on the same cores.
        await using var services = new ServiceCollection()
            .AddExtendDb(server.ConnectionString, options =>
            {
                options.Propagation.Enabled = false;

                // The bare statements add markers too, and wait for nobody.
                options.Backpressure.Mode = GsiBackpressure.Off;
            }).Services
            .BuildServiceProvider();
        var extendDb = services.GetRequiredService<IExtendDb>();
        await extendDb.CreateTableAsync(DataPlaneItems.Table, cancellationToken);
        var table = await extendDb.GetTableDefinitionAsync(DataPlaneItems.TableName, cancellationToken);
        await FillAsync(server.ConnectionString, table, cancellationToken);

        var library = Enumerable.Repeat(new LibraryDataPlane(extendDb), Workers).ToList();
        var bare = new List<BareDataPlane>();
        var fewest = new List<FewestDataPlane>();
        try
        {
            for (var i = 0; i < Workers; i++)
            {
                bare.Add(await BareDataPlane.OpenAsync(server.ConnectionString, table, cancellationToken));
                fewest.Add(await FewestDataPlane.OpenAsync(server.ConnectionString, table, bare[i], cancellationToken));
            }

            Task<PairedRounds.Figures> MeasureAsync(Func<IDataPlane, CancellationToken, Task> operation) =>
                PairedRounds.MeasureAsync(library, bare, operation, cancellationToken);

            // The reads first: what the writes leave behind would not slow them alike from run to run.
            var getItem = await MeasureAsync((plane, token) => plane.GetItemAsync(token));
            var query = await MeasureAsync((plane, token) => plane.QueryAsync(token));
            var putItem = await MeasureAsync((plane, token) => plane.PutItemAsync(token));
            var replaceItem = await MeasureAsync((plane, token) => plane.ReplaceItemAsync(token));
            var updateItem = await MeasureAsync((plane, token) => plane.UpdateItemAsync(token));

            async Task<double> ToFewestAsync(Func<IDataPlane, CancellationToken, Task> operation) =>
                (await PairedRounds.MeasureAsync(library, fewest, operation, cancellationToken)).Ratio;

            Print(
                new(
                    putItem,
                    replaceItem,
                    getItem,
                    updateItem,
                    query,
                    await ToFewestAsync((plane, token) => plane.PutItemAsync(token)),
                    await ToFewestAsync((plane, token) => plane.ReplaceItemAsync(token)),
                    await ToFewestAsync((plane, token) => plane.UpdateItemAsync(token))),
                json);
        }
        finally
        {
            foreach (var plane in fewest.Concat<IAsyncDisposable>(bare))
            {
                await plane.DisposeAsync();
            }
        }
    }

    /// <summary>Puts the items of <see cref="DataPlaneItems"/> into a table, without markers and records.</summary>
    public static async Task FillAsync(string connectionString, TableDefinition table, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using (var copy = await connection.BeginBinaryImportAsync(BenchmarkSql.CopyItems, cancellationToken))
        {
            for (var n = 0; n < DataPlaneItems.Partitions * DataPlaneItems.PerPartition; n++)
            {
                var item = Item.Create(
                    table, DataPlaneItems.Item(n / DataPlaneItems.PerPartition, n % DataPlaneItems.PerPartition));
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(item.TableId, cancellationToken);
                await copy.WriteAsync(item.PartitionHash, cancellationToken);
                await copy.WriteAsync(item.SortKey, cancellationToken);
                await copy.WriteAsync(StoredDocument.Write(item.Document), NpgsqlDbType.Jsonb, cancellationToken);
                await copy.WriteAsync(item.SizeBytes, cancellationToken);
                await copy.WriteAsync(1L, cancellationToken);
                await copy.WriteAsync(item.Slot, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await using var vacuum = new NpgsqlCommand("VACUUM ANALYZE extenddb.items", connection);
        await vacuum.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Print(Result result, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, Json));
            return;
        }

        Console.WriteLine($"{Workers} workers        ops/s    bare/s   ratio   p50 ms   p99 ms");
        Print("PutItem", result.PutItem);
        Print("  over another", result.ReplaceItem);
        Print("GetItem", result.GetItem);
        Print("UpdateItem", result.UpdateItem);
        Print("Query, 100 items", result.Query);
        Console.WriteLine(
            $"beside the fewest statements: PutItem {result.PutItemToFewest:0.00}, over another {result.ReplaceItemToFewest:0.00}, "
            + $"UpdateItem {result.UpdateItemToFewest:0.00}");
    }

    private static void Print(string operation, PairedRounds.Figures figures) => Console.WriteLine(
        $"{operation,-16}{figures.OpsPerS,8:N0}  {figures.PeerPerS,8:N0}  {figures.Ratio,6:0.00}  {figures.P50Ms,7:0.00}  {figures.P99Ms,7:0.00}");

    private sealed record Result(
        PairedRounds.Figures PutItem,
        PairedRounds.Figures ReplaceItem,
        PairedRounds.Figures GetItem,
        PairedRounds.Figures UpdateItem,
        PairedRounds.Figures Query,
        double PutItemToFewest,
        double ReplaceItemToFewest,
        double UpdateItemToFewest);
}
