using System.Diagnostics.Metrics;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Deployment;

/// <summary>The dashboard and the alerts of docs/deploy, beside the metrics that a server has.</summary>
/// <remarks>A provider listens to all meters of the process, and drops an instrument when another server of the process ends.</remarks>
[Collection(AloneCollection.Name)]
public sealed class DashboardTests(ScrapedServer server) : IClassFixture<ScrapedServer>
{
    [Fact]
    public void Server_shows_every_instrument_of_ExtendDb()
    {
        var instruments = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith("ExtendDb.", StringComparison.Ordinal))
                {
                    instruments.Add(instrument.Name.Replace('.', '_'));
                }
            },
        };
        listener.Start();

        instruments.Where(name => !server.Metrics.Keys.Any(metric => metric.StartsWith(name, StringComparison.Ordinal)))
            .Should().BeEmpty("what is rare is said by the fixture");
        instruments.Should().HaveCountGreaterThan(20);
    }

    [Fact]
    public void Every_query_of_the_dashboard_names_metrics_and_labels_that_there_are()
    {
        var queries = GrafanaDashboard.Queries.Concat(GrafanaDashboard.Variables).Select(PromQl.Read).ToList();

        queries.SelectMany(query => query.Unknown(server.Metrics)).Should().BeEmpty();
        queries.Should().HaveCountGreaterThan(30).And.OnlyContain(query => query.Selectors.Count > 0);
    }

    [Fact]
    public void Every_alert_names_metrics_and_labels_that_there_are()
    {
        // Prometheus adds it for each process.
        var metrics = new Dictionary<string, IReadOnlySet<string>>(server.Metrics) { ["up"] = new HashSet<string>() };

        var alerts = AlertRules.All.ConvertAll(alert => PromQl.Read(alert.Expression));

        alerts.SelectMany(alert => alert.Unknown(metrics)).Should().BeEmpty();
        alerts.Should().HaveCountGreaterThan(10).And.OnlyContain(alert => alert.Selectors.Count > 0);
    }

    [Theory]
    [InlineData("sum by (le) (rate(extenddb_gsi_batch_size_bucket{table=\"a\"}[5m]))", "extenddb_gsi_batch_size_bucket has no label table.")]
    [InlineData("extenddb_gsi_lags_seconds and on (table) extenddb_gsi_lag_seconds", "There is no metric extenddb_gsi_lags_seconds.")]
    [InlineData("sum by (tables) (extenddb_gsi_lag_seconds)", "No metric of the expression has the label tables.")]
    public void Query_that_names_what_there_is_not_is_found(string query, string complaint)
    {
        PromQl.Read(query).Unknown(server.Metrics).Should().Equal(complaint);
    }

    [Fact]
    public void Every_panel_reads_the_chosen_data_source()
    {
        var sources = GrafanaDashboard.Panels
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Append(panel))
            .Select(each => each.GetProperty("datasource").GetProperty("uid").GetString());

        sources.Should().NotBeEmpty().And.OnlyContain(source => source == "${datasource}");
        GrafanaDashboard.Root.GetProperty("templating").GetProperty("list").EnumerateArray()
            .Select(variable => variable.GetProperty("name").GetString()).Should().Equal("datasource", "job", "database");
    }
}
