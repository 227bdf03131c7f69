using System.Text.Json;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// Measures what a stream costs the writers of a table, beside the same writes to a table without a stream in turn in the same run;
/// how soon a reader sees a write; and how fast one reader reads, and one consumer handles, a stream from its beginning.
/// </summary>
internal static class StreamsBenchmark
{
    private const int Connections = 16;
    private const double WritesPerS = 1_000;
    private const int Passes = 5;
    private const string Streamed = "Streamed";
    private const string Plain = "Plain";
    private const string Followed = "Followed";
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(15);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task RunAsync(bool json, CancellationToken cancellationToken)
    {
        await using var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { Fsync = true }, cancellationToken);
        await ExtendDbMigrator.MigrateAsync(server.ConnectionString, cancellationToken);
        PairedRounds.Figures withoutNumbers;
        await using (var idle = new ServiceCollection()
            .AddExtendDb(server.ConnectionString, options => options.Propagation.Enabled = false).Services
            .BuildServiceProvider())
        {
            var extendDb = idle.GetRequiredService<IExtendDb>();
            await CreateAsync(extendDb, Plain, stream: null);
            await CreateAsync(extendDb, Streamed, new(true, StreamViewType.NEW_AND_OLD_IMAGES));
            await CreateAsync(extendDb, Followed, new(true, StreamViewType.NEW_AND_OLD_IMAGES));
            withoutNumbers = await CompareAsync(extendDb, (plane, token) => plane.PutItemAsync(token));
        }

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddExtendDb(server.ConnectionString);
        using var host = builder.Build();
        await host.StartAsync(cancellationToken);
        var db = host.Services.GetRequiredService<IExtendDb>();

        // A worker gives the records their numbers meanwhile, as in an application.
        var putItem = await CompareAsync(db, (plane, token) => plane.PutItemAsync(token));
        var replaceItem = await CompareAsync(db, (plane, token) => plane.ReplaceItemAsync(token));
        var latency = await FollowAsync(db, cancellationToken);
        var read = await ReadAllAsync(db, cancellationToken);
        await host.StopAsync(cancellationToken);
        var handled = await StreamConsumption.RunAsync(server.ConnectionString, db, Streamed, read.Records, cancellationToken);
        Print(new(putItem, replaceItem, withoutNumbers, latency, read, handled), json);

        async Task CreateAsync(IExtendDb extendDb, string name, StreamSpecification? stream)
        {
            await extendDb.CreateTableAsync(
                new(name, DataPlaneItems.Table.KeySchema, [new("Device", AttributeType.S), new("At", AttributeType.N)])
                {
                    StreamSpecification = stream,
                },
                cancellationToken);
            var table = await extendDb.GetTableDefinitionAsync(name, cancellationToken);
            await DataPlaneBenchmark.FillAsync(server.ConnectionString, table, cancellationToken);
        }

        Task<PairedRounds.Figures> CompareAsync(IExtendDb extendDb, Func<IDataPlane, CancellationToken, Task> operation) =>
            PairedRounds.MeasureAsync(
                [.. Enumerable.Repeat(new LibraryDataPlane(extendDb, Streamed), Connections)],
                [.. Enumerable.Repeat(new LibraryDataPlane(extendDb, Plain), Connections)],
                operation,
                cancellationToken);
    }

    /// <summary>Writes by a schedule while a follower reads each shard.</summary>
    private static async Task<Latency> FollowAsync(IExtendDb extendDb, CancellationToken cancellationToken)
    {
        using var follower = await StreamFollower.StartAsync(extendDb, Followed, cancellationToken);
        var round = await OpenLoop.RunAsync(WritesPerS, Time, follower.PutAsync, cancellationToken);
        var seen = await follower.StopAsync(round.From);
        return new(
            WritesPerS,
            PairedRounds.Quantile(seen, 0.5),
            PairedRounds.Quantile(seen, 0.99),
            PairedRounds.Quantile(round.TimesMs, 0.5),
            PairedRounds.Quantile(round.TimesMs, 0.99));
    }

    /// <summary>Reads the stream of the first measure from its beginning to its end, shard by shard.</summary>
    private static async Task<Reading> ReadAllAsync(IExtendDb extendDb, CancellationToken cancellationToken)
    {
        var passes = new List<Reading>();
        for (var i = 0; i < Passes; i++)
        {
            passes.Add(await StreamPass.RunAsync(extendDb, Streamed, cancellationToken));
        }

        return passes.OrderBy(pass => pass.RecordsPerS).ElementAt(Passes / 2);
    }

    private static void Print(Result result, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, Json));
            return;
        }

        Console.WriteLine($"{Connections} connections   streamed/s  plain/s   ratio   p50 ms   p99 ms  plain p50      p99");
        Print("PutItem", result.PutItem);
        Print("  over another", result.ReplaceItem);
        Print("  no numbering", result.PutItemWithoutNumbers);
        Console.WriteLine(
            $"at {result.Latency.WritesPerS:N0} writes/s, from the return of a write to GetRecords: "
            + $"p50 {result.Latency.P50Ms:0.0} ms, p99 {result.Latency.P99Ms:0.0} ms; "
            + $"write p50 {result.Latency.WriteP50Ms:0.0} ms, p99 {result.Latency.WriteP99Ms:0.0} ms");
        Console.WriteLine(
            $"one reader from TRIM_HORIZON: {result.Read.RecordsPerS:N0} records/s of {result.Read.Records:N0} records");
        Console.WriteLine($"one consumer from the beginning, a write for each call: {result.Handled.RecordsPerS:N0} records/s");
    }

    private static void Print(string operation, PairedRounds.Figures figures) => Console.WriteLine(
        $"{operation,-16}{figures.OpsPerS,12:N0}{figures.PeerPerS,9:N0}{figures.Ratio,8:0.00}{figures.P50Ms,9:0.00}"
        + $"{figures.P99Ms,9:0.00}{figures.PeerP50Ms,11:0.00}{figures.PeerP99Ms,9:0.00}");

    /// <summary>How soon a write is seen.</summary>
    /// <param name="WritesPerS">The rate of the writes.</param>
    /// <param name="P50Ms">From the return of a write to the return of the GetRecords that has its record.</param>
    /// <param name="P99Ms">As P50Ms, for all but one in a hundred.</param>
    /// <param name="WriteP50Ms">From the scheduled instant to the return of the write.</param>
    /// <param name="WriteP99Ms">As WriteP50Ms, for all but one in a hundred.</param>
    private sealed record Latency(double WritesPerS, double P50Ms, double P99Ms, double WriteP50Ms, double WriteP99Ms);

    /// <summary>What the benchmark reached.</summary>
    /// <param name="PutItem">Puts of new items.</param>
    /// <param name="ReplaceItem">Puts over other items.</param>
    /// <param name="PutItemWithoutNumbers">As PutItem, while nobody gives the records their numbers.</param>
    /// <param name="Latency">How soon a write is seen.</param>
    /// <param name="Read">How fast one reader reads.</param>
    /// <param name="Handled">How fast one consumer handles the records.</param>
    private sealed record Result(
        PairedRounds.Figures PutItem,
        PairedRounds.Figures ReplaceItem,
        PairedRounds.Figures PutItemWithoutNumbers,
        Latency Latency,
        Reading Read,
        Reading Handled);
}
