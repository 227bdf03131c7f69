using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.CrashTests;

/// <summary>How <c>extenddb worker</c> is configured and monitored.</summary>
public sealed partial class WorkerProcessTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extenddb-worker-");

    [Fact]
    public async Task Worker_reads_the_configuration_of_serve_and_says_what_it_runs_with()
    {
        await ConfigureAsync($$"""
            {
              "ConnectionStrings": { "ExtendDb": "{{fixture.ConnectionString}}" },
              "ExtendDb": { "Propagation": { "Enabled": false, "Loops": 3 }, "TimeToLive": { "Enabled": false },
                "Verification": { "Interval": "01:00:00" } }
            }
            """);
        await using var worker = Start([]);

        await worker.ReadyAsync();

        worker.Output.Should().Contain("with 3 loops").And.Contain("expired items are left")
            .And.Contain("verified every 01:00:00").And.Contain(Path.Combine(_folder.FullName, "appsettings.json"))
            .And.NotContain("Monitoring");
    }

    [Fact]
    public async Task Worker_works_though_the_configuration_leaves_the_work_to_workers()
    {
        var database = await fixture.CreateDatabaseAsync();
        await ConfigureAsync($$"""
            { "ConnectionStrings": { "ExtendDb": "{{database}}" }, "ExtendDb": { "Propagation": { "Enabled": false } } }
            """);
        await using var orders = await Orders.CreateAsync(database);
        await orders.PutAsync(1, 1, total: 1);

        await using var worker = Start(["--loops", "1"]);

        await worker.ReadyAsync();
        await orders.DrainedAsync();
        worker.Output.Should().Contain("with 1 loops");
    }

    [Fact]
    public async Task Worker_that_is_asked_to_answers_the_monitoring()
    {
        await using var worker = Start(["--urls", "http://127.0.0.1:0"], ("EXTENDDB_CONNECTION", fixture.ConnectionString));
        await worker.ReadyAsync();
        using var http = new HttpClient { BaseAddress = new(Monitoring().Match(worker.Output).Groups[1].Value) };

        using var live = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
        using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        using var data = await http.PostAsync(new Uri("/", UriKind.Relative), new StringContent("{}"));

        (live.StatusCode, ready.StatusCode).Should().Be((HttpStatusCode.OK, HttpStatusCode.OK));
        metrics.Should().Contain("extenddb_gsi_");
        data.StatusCode.Should().Be(HttpStatusCode.NotFound, "a worker has no data plane");
    }

    [Fact]
    public async Task Log_has_the_time_or_is_JSON()
    {
        await using var text = Start([], ("EXTENDDB_CONNECTION", fixture.ConnectionString));
        await using var json = Start(["--log-format", "json"], ("EXTENDDB_CONNECTION", fixture.ConnectionString));

        await Waiting.UntilAsync(
            () => text.Errors.Contains("Propagation started", StringComparison.Ordinal)
                && json.Errors.Contains("Propagation started", StringComparison.Ordinal),
            "both have logged");

        text.Errors.Should().MatchRegex(@"(?m)^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z info: .*Propagation started");
        json.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().OnlyContain(
            line => line.StartsWith("{\"Timestamp\":\"20", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task ConfigureAsync(string json) =>
        File.WriteAllTextAsync(Path.Combine(_folder.FullName, "appsettings.json"), json.Replace("\\", "\\\\", StringComparison.Ordinal));

    private ChildProgram Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "extenddb.dll"), "worker", .. arguments])
        {
            WorkingDirectory = _folder.FullName,
        };
        start.Environment.Remove("EXTENDDB_CONNECTION");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return ChildProgram.Start(start, readyLine: "extenddb worker runs");
    }

    [GeneratedRegex(@"Monitoring: (\S+)/health/live")]
    private static partial Regex Monitoring();
}
