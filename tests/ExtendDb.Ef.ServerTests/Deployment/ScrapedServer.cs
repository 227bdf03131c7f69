using System.Text.RegularExpressions;
using ExtendDb.Ef.ServerTests.Protocol;
using ExtendDb.Ef.Telemetry;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Deployment;

/// <summary>The metrics of a server that has done everything that it measures, what is rare by saying so.</summary>
public sealed partial class ScrapedServer : IAsyncLifetime
{
    private const string Name = "scraped";

    private readonly WireServer _server = new();

    /// <summary>Gets the labels of each metric, by the names that Prometheus knows.</summary>
    internal IReadOnlyDictionary<string, IReadOnlySet<string>> Metrics { get; private set; } =
        new Dictionary<string, IReadOnlySet<string>>();

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        SayWhatIsRare();
        await _server.Http.CallAsync("CreateTable", """
            {"TableName":"Scraped","KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST",
            "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"g","AttributeType":"S"}],
            "GlobalSecondaryIndexes":[{"IndexName":"by-g","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],
            "Projection":{"ProjectionType":"KEYS_ONLY"}}]}
            """);
        await _server.Http.CallAsync("PutItem", """{"TableName":"Scraped","Item":{"p":{"S":"a"},"g":{"S":"x"}}}""");
        await _server.Http.CallAsync("GetItem", "nonsense");

        // The checks of the health begin after 5 s, the gauges of the queue within that time.
        var text = await Waiting.ReadAsync(
            () => _server.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative)),
            read => read.Contains("extenddb_server_health", StringComparison.Ordinal)
                && read.Contains("extenddb_gsi_applied_total", StringComparison.Ordinal)
                && read.Contains("index=\"by-g\"", StringComparison.Ordinal));
        Metrics = Samples().Matches(text).GroupBy(sample => sample.Groups[1].Value).ToDictionary(
            metric => metric.Key,
            metric => (IReadOnlySet<string>)metric
                .SelectMany(sample => Labels().Matches(sample.Groups[2].Value)).Select(label => label.Groups[1].Value).ToHashSet());
    }

    public async Task DisposeAsync()
    {
        GsiMetrics.Forget(this);
        GsiMetrics.ForgetVerified(this);
        StreamMetrics.Forget(this);
        StreamMetrics.ForgetConsumer(this);
        await _server.DisposeAsync();
    }

    private void SayWhatIsRare()
    {
        GsiMetrics.Batch(Name, markers: 2, quarantined: 1, TimeSpan.FromSeconds(1));
        GsiMetrics.WakeToClaim(Name, TimeSpan.FromSeconds(1));
        GsiMetrics.Throttled(Name, "delayed");
        GsiMetrics.Assisted(Name);
        GsiMetrics.FailedAfterCommit(Name);
        GsiMetrics.Verified(this, new(Name, [("Scraped", "by-g", 1)]));
        GsiMetrics.Sampled(this, new(Name, [new("Scraped", "by-g", 1, TimeSpan.FromSeconds(1), 1, Backfill: 0.5)], Horizon: null));
        StreamMetrics.Sampled(this, new(Name, SizeBytes: 1, TimeSpan.FromSeconds(1), [new("mail", StoppedShards: 1, SetAside: 1)]));
        StreamMetrics.Lags(this, Name, "mail", TimeSpan.FromSeconds(1));
    }

    [GeneratedRegex("^([a-zA-Z_][a-zA-Z0-9_]*)(?:\\{([^}]*)\\})? ", RegexOptions.Multiline)]
    private static partial Regex Samples();

    [GeneratedRegex("([a-zA-Z_]\\w*)=\"")]
    private static partial Regex Labels();
}
