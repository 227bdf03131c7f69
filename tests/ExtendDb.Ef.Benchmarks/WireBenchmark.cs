using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// Calls <c>extenddb serve</c> and Amazon's DynamoDB Local in turn with the same client, 16 calls at a time: once with
/// DynamoDB Local in memory, and once with its tables on disk.
/// </summary>
internal static class WireBenchmark
{
    private const int Connections = 16;
    private const int WritesPerBatch = 25;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> RunAsync(bool json, CancellationToken cancellationToken)
    {
        if (DynamoDbLocal.Folder is not { } folder)
        {
            await Console.Error.WriteLineAsync($"Set {DynamoDbLocal.Variable} to the folder of DynamoDBLocal.jar.");
            return 2;
        }

        var inMemory = await MeasureAsync(folder, dbPath: null, cancellationToken);
        var tables = Directory.CreateTempSubdirectory("extenddb-dynamodb-local-");
        try
        {
            Print(new(inMemory, await MeasureAsync(folder, tables.FullName, cancellationToken)), json);
        }
        finally
        {
            tables.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task<Figures> MeasureAsync(string folder, string? dbPath, CancellationToken cancellationToken)
    {
        await using var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { Fsync = true }, cancellationToken);
        await ExtendDbMigrator.MigrateAsync(server.ConnectionString, cancellationToken);
        await using var served = await ServedEndpoint.StartAsync(server.ConnectionString, cancellationToken);
        await using var local = await DynamoDbLocal.StartAsync(folder, dbPath);
        using var ours = ClientOf(served.Url);
        using var theirs = ClientOf(local.Url);
        var own = Enumerable.Repeat(new SdkDataPlane(ours), Connections).ToList();
        var peer = Enumerable.Repeat(new SdkDataPlane(theirs), Connections).ToList();
        await ours.CreateTableAsync(WireItems.Table, cancellationToken);
        await theirs.CreateTableAsync(WireItems.Table, cancellationToken);
        static Task PutAsync(IDataPlane plane, CancellationToken token) => plane.PutItemAsync(token);
        var firstPerS = await PairedRounds.MeasureFirstAsync(own, PutAsync, First, cancellationToken);
        var peerFirstPerS = await PairedRounds.MeasureFirstAsync(peer, PutAsync, First, cancellationToken);
        await FillAsync(ours, cancellationToken);
        await FillAsync(theirs, cancellationToken);

        var postmaster = int.Parse(
            File.ReadLines(Path.Combine(server.Folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        Task<PairedRounds.Figures> MeasureAsync(Func<IDataPlane, CancellationToken, Task> operation) => PairedRounds.MeasureAsync(
            own,
            peer,
            operation,
            cancellationToken,
            () => ProcessorTime.OfTree(served.ProcessId) + ProcessorTime.OfTree(postmaster),
            () => ProcessorTime.OfTree(local.ProcessId));

        // The reads first: what the writes leave behind would not slow both alike.
        var getItem = await MeasureAsync((plane, token) => plane.GetItemAsync(token));
        var query = await MeasureAsync((plane, token) => plane.QueryAsync(token));
        var putItem = await MeasureAsync(PutAsync);
        var updateItem = await MeasureAsync((plane, token) => plane.UpdateItemAsync(token));
        return new(new(firstPerS, peerFirstPerS, firstPerS / peerFirstPerS), putItem, getItem, query, updateItem);
    }

    private static AmazonDynamoDBClient ClientOf(Uri url) => new(
        new BasicAWSCredentials("any", "any"),
        new AmazonDynamoDBConfig
        {
            ServiceURL = url.ToString(),
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
            MaxConnectionsPerServer = Connections,
        });

    private static async Task FillAsync(AmazonDynamoDBClient client, CancellationToken cancellationToken)
    {
        var writes = Enumerable.Range(0, WireItems.Partitions * WireItems.PerPartition).Select(n => new WriteRequest
        {
            PutRequest = new(WireItems.Item(n / WireItems.PerPartition, n % WireItems.PerPartition)),
        });
        foreach (var batch in writes.Chunk(WritesPerBatch))
        {
            await client.BatchWriteItemAsync(
                new BatchWriteItemRequest { RequestItems = new() { [WireItems.TableName] = [.. batch] } }, cancellationToken);
        }
    }

    private static void Print(Result result, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, Json));
            return;
        }

        Print("DynamoDB Local in memory", result.InMemory);
        Print("DynamoDB Local on disk", result.OnDisk);
    }

    private static void Print(string peer, Figures figures)
    {
        Console.WriteLine($"{peer}, {Connections} connections; processor time of servers and databases");
        Console.WriteLine("                    ops/s   peer/s  ratio   p50 ms   p99 ms  peer p50  peer p99   cpu us  peer cpu");
        Console.WriteLine($"first 10 s, PutItem{figures.First10S.PerS,6:N0}{figures.First10S.PeerPerS,9:N0}{figures.First10S.Ratio,7:0.00}");
        Print("PutItem", figures.PutItem);
        Print("GetItem", figures.GetItem);
        Print("Query, 20 items", figures.Query);
        Print("UpdateItem", figures.UpdateItem);
    }

    private static void Print(string operation, PairedRounds.Figures figures) => Console.WriteLine(
        $"{operation,-16}{figures.OpsPerS,9:N0}{figures.PeerPerS,9:N0}{figures.Ratio,7:0.00}{figures.P50Ms,9:0.00}"
        + $"{figures.P99Ms,9:0.00}{figures.PeerP50Ms,10:0.00}{figures.PeerP99Ms,10:0.00}{figures.CpuUs,9:0}{figures.PeerCpuUs,10:0}");

    private sealed record Result(Figures InMemory, Figures OnDisk);

    private sealed record Figures(
        FirstFigures First10S,
        PairedRounds.Figures PutItem,
        PairedRounds.Figures GetItem,
        PairedRounds.Figures Query,
        PairedRounds.Figures UpdateItem);

    private sealed record FirstFigures(double PerS, double PeerPerS, double Ratio);
}
