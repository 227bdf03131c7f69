using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>Calls <c>extenddb serve</c> and Amazon's DynamoDB Local in turn with the same client, 16 calls at a time.</summary>
internal static class WireBenchmark
{
    /// <summary>The environment variable with the endpoint of a DynamoDB Local.</summary>
    public const string PeerVariable = "EXTENDDB_BENCH_DYNAMODB_LOCAL";

    private const int Connections = 16;
    private const int WritesPerBatch = 25;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> RunAsync(bool json, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(PeerVariable) is not { Length: > 0 } peerUrl)
        {
            await Console.Error.WriteLineAsync(
                $"Set {PeerVariable} to the endpoint of a DynamoDB Local, such as http://127.0.0.1:8001.");
            return 2;
        }

        await using var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { Fsync = true }, cancellationToken);
        await ExtendDbMigrator.MigrateAsync(server.ConnectionString, cancellationToken);
        await using var served = await ServedEndpoint.StartAsync(server.ConnectionString, cancellationToken);
        using var ours = ClientOf(served.Url);
        using var theirs = ClientOf(new Uri(peerUrl));
        await FillAsync(ours, cancellationToken);
        await FillAsync(theirs, cancellationToken);

        var own = Enumerable.Repeat(new SdkDataPlane(ours), Connections).ToList();
        var peer = Enumerable.Repeat(new SdkDataPlane(theirs), Connections).ToList();
        Task<PairedRounds.Figures> MeasureAsync(Func<IDataPlane, CancellationToken, Task> operation) =>
            PairedRounds.MeasureAsync(own, peer, operation, cancellationToken);

        // The reads first: what the writes leave behind would not slow both alike.
        var getItem = await MeasureAsync((plane, token) => plane.GetItemAsync(token));
        var query = await MeasureAsync((plane, token) => plane.QueryAsync(token));
        var putItem = await MeasureAsync((plane, token) => plane.PutItemAsync(token));
        var updateItem = await MeasureAsync((plane, token) => plane.UpdateItemAsync(token));
        Print(new(putItem, getItem, query, updateItem), json);
        return 0;
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

    /// <summary>Makes the table anew and fills it.</summary>
    private static async Task FillAsync(AmazonDynamoDBClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteTableAsync(WireItems.TableName, cancellationToken);
        }
        catch (ResourceNotFoundException)
        {
            // The usual case: nobody has measured there before.
        }

        await client.CreateTableAsync(WireItems.Table, cancellationToken);
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

        Console.WriteLine($"{Connections} connections     ops/s   peer/s  ratio   p50 ms   p99 ms  peer p50  peer p99");
        Print("PutItem", result.PutItem);
        Print("GetItem", result.GetItem);
        Print("Query, 20 items", result.Query);
        Print("UpdateItem", result.UpdateItem);
    }

    private static void Print(string operation, PairedRounds.Figures figures) => Console.WriteLine(
        $"{operation,-16}{figures.OpsPerS,9:N0}{figures.PeerPerS,9:N0}{figures.Ratio,7:0.00}{figures.P50Ms,9:0.00}"
        + $"{figures.P99Ms,9:0.00}{figures.PeerP50Ms,10:0.00}{figures.PeerP99Ms,10:0.00}");

    private sealed record Result(
        PairedRounds.Figures PutItem, PairedRounds.Figures GetItem, PairedRounds.Figures Query, PairedRounds.Figures UpdateItem);
}
