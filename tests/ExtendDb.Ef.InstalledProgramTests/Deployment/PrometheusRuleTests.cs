using System.Text.Json;
using ExtendDb.Ef.InstalledProgramTests.OtherLanguages;
using ExtendDb.Ef.ServerTests.Deployment;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.InstalledProgramTests.Deployment;

/// <summary>The alerts and the dashboard of docs/deploy, read by Prometheus itself.</summary>
public sealed class PrometheusRuleTests : IDisposable
{
    private static readonly string Rules = DeployFolder.PathOf("prometheus", "extenddb.rules.yml");
    private static readonly string Tests = DeployFolder.PathOf("prometheus", "extenddb.rules.test.yml");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extenddb-rules-");

    [Fact]
    public async Task Prometheus_accepts_the_alerts()
    {
        var ended = await ChildProcess.RunAsync(Programs.Promtool.Location, "check", "rules", Rules);

        ended.ExitCode.Should().Be(0, ended.Output + ended.Error);
    }

    [Fact]
    public async Task Prometheus_accepts_the_configuration_that_reads_the_metrics()
    {
        var file = DeployFolder.PathOf("prometheus", "prometheus.yml");

        var ended = await ChildProcess.RunAsync(Programs.Promtool.Location, "check", "config", file);

        ended.ExitCode.Should().Be(0, ended.Output + ended.Error);
        ended.Output.Should().Contain("1 rule files found");
    }

    [Fact]
    public async Task Alerts_fire_and_are_silent_as_their_tests_say()
    {
        var ended = await ChildProcess.RunAsync(Programs.Promtool.Location, "test", "rules", Tests);

        ended.ExitCode.Should().Be(0, ended.Output + ended.Error);
    }

    [Theory]
    [InlineData("severity: critical", "severity: warning")]
    [InlineData("how=\"refused\"", "how=\"delayed\"")]
    [InlineData("extenddb_gsi_quarantine)", "extenddb_gsi_pending)")]
    public async Task Alert_that_is_changed_fails_its_test(string part, string other)
    {
        var rules = await File.ReadAllTextAsync(Rules);
        await WriteAsync(Path.GetFileName(Rules), rules.Replace(part, other, StringComparison.Ordinal));
        var copy = await WriteAsync(Path.GetFileName(Tests), await File.ReadAllTextAsync(Tests));

        var ended = await ChildProcess.RunAsync(Programs.Promtool.Location, "test", "rules", copy);

        rules.Should().Contain(part);
        ended.ExitCode.Should().NotBe(0);
    }

    [Fact]
    public async Task Prometheus_accepts_every_query_of_the_dashboard()
    {
        // A rule that records a query is the way to have it parsed. JSON is YAML.
        var queries = GrafanaDashboard.Queries.Concat(GrafanaDashboard.Variables).ToList();
        var rules = queries.Select((query, n) => new { record = $"query{n}", expr = query });
        var file = await WriteAsync(
            "queries.yml", JsonSerializer.Serialize(new { groups = new[] { new { name = "dashboard", rules } } }));

        var ended = await ChildProcess.RunAsync(Programs.Promtool.Location, "check", "rules", file);

        ended.ExitCode.Should().Be(0, ended.Output + ended.Error);
        ended.Output.Should().Contain($"{queries.Count} rules found");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
