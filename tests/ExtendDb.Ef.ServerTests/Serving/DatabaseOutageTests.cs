using System.Diagnostics;
using System.Net;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.ServerTests.Protocol;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Serving;

public sealed class DatabaseOutageTests : IAsyncLifetime
{
    private static readonly string[] NeedNone = ["DescribeEndpoints", "DescribeLimits"];
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static readonly Uri Live = new("/health/live", UriKind.Relative);
    private static readonly Uri Ready = new("/health/ready", UriKind.Relative);

    private HttpClient Http { get; } = new();
    private LocalPostgres _postgres = null!;
    private WebApplication _app = null!;
    private string _table = null!;

    public async Task InitializeAsync()
    {
        // What was committed before it stops has to be there afterwards.
        _postgres = await LocalPostgres.StartAsync(new LocalPostgresOptions { Fsync = true });
        await ExtendDbMigrator.MigrateAsync(_postgres.ConnectionString);
        _app = await WireServer.StartAsync(_postgres.ConnectionString, keys: null);
        Http.BaseAddress = new(_app.Urls.First());
        _table = await _app.Services.CreateTableAsync();
        (await PutAsync("before")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_are_refused_as_unavailable_soon_while_the_database_is_gone()
    {
        var requests = await GoodRequests.OfAsync(Http, _table);
        await _postgres.StopImmediatelyAsync();
        var watch = Stopwatch.StartNew();

        foreach (var (operation, json) in requests.Where(request => !NeedNone.Contains(request.Operation)))
        {
            var answer = await Http.CallAsync(operation, json);

            answer.Status.Should().Be(HttpStatusCode.ServiceUnavailable, $"{operation} gave {answer}");
            answer.Type.Should().Be("com.amazon.coral.service#ServiceUnavailable");
        }

        watch.Elapsed.Should().BeLessThan(Soon);
    }

    [Fact]
    public async Task Health_says_why_requests_cannot_be_answered()
    {
        var before = await Http.GetAsync(Ready);
        await _postgres.StopImmediatelyAsync();
        var watch = Stopwatch.StartNew();

        var ready = await Http.GetAsync(Ready);
        var live = await Http.GetAsync(Live);

        before.StatusCode.Should().Be(HttpStatusCode.OK);
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).Should().Contain("The database cannot be used");
        live.StatusCode.Should().Be(HttpStatusCode.OK);
        watch.Elapsed.Should().BeLessThan(Soon);
    }

    [Fact]
    public async Task Requests_health_and_indexes_work_again_by_themselves_when_the_database_is_back()
    {
        await _postgres.StopImmediatelyAsync();
        (await PutAsync("between")).Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        await _postgres.StartAgainAsync();

        var put = await Waiting.ReadAsync(() => PutAsync("after"), answer => answer.Status == HttpStatusCode.OK);
        var query = await Waiting.ReadAsync(QueryAsync, answer =>
            answer.Status == HttpStatusCode.OK && answer.Json.GetProperty("Count").GetInt32() == 1);
        var ready = await Waiting.ReadAsync(ReadyAsync, answer => answer.Status == HttpStatusCode.OK);

        put.Status.Should().Be(HttpStatusCode.OK, put.ToString());
        query.Json.GetProperty("Count").GetInt32().Should().Be(1);
        ready.Status.Should().Be(HttpStatusCode.OK);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _postgres.DisposeAsync();
        Http.Dispose();
    }

    private Task<WireAnswer> PutAsync(string when) => Http.CallAsync(
        "PutItem", $$$"""{"TableName":"{{{_table}}}","Item":{"p":{"S":"a"},"g":{"S":"{{{when}}}"} } }""");

    private Task<WireAnswer> QueryAsync() => Http.CallAsync("Query", $$$"""
        {"TableName":"{{{_table}}}","IndexName":"{{{WireTables.Index}}}","KeyConditionExpression":"g = :g",
        "ExpressionAttributeValues":{":g":{"S":"after"} } }
        """);

    private async Task<WireAnswer> ReadyAsync()
    {
        using var response = await Http.GetAsync(Ready);
        return await WireAnswer.ReadAsync(response);
    }
}
