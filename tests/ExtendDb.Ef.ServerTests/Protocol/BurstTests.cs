using System.Net;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

/// <summary>More requests at once than there are connections.</summary>
public sealed class BurstTests(WireServer server) : IClassFixture<WireServer>
{
    private const int Burst = 1_000;

    [Fact]
    public async Task Burst_of_1000_requests_is_served_and_the_worker_keeps_up()
    {
        var table = await server.CreateTableAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, Burst).Select(i => PutAsync(server.Http, table, i)));

        answers.Should().OnlyContain(answer => answer.Status == HttpStatusCode.OK);
        var found = await Waiting.ReadAsync(() => CountAsync(table), count => count == Burst);
        found.Should().Be(Burst);
    }

    [Fact]
    public async Task Requests_that_wait_too_long_are_throttled_as_by_DynamoDB_with_one_line_each()
    {
        var table = await server.CreateTableAsync();
        (await PutAsync(server.Http, table, 0)).Status.Should().Be(HttpStatusCode.OK);
        using var log = new RecordedLog();
        await using var app = await StartAsync(log, endpoint =>
        {
            endpoint.MaxConcurrentRequests = 1;
            endpoint.MaxQueueTime = TimeSpan.FromMilliseconds(200);
        });
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };

        Task<WireAnswer> first;
        WireAnswer[] others;
        await using (var held = await HeldItem.TakeAsync(server.ConnectionString))
        {
            first = PutAsync(http, table, 0);
            await held.UntilWantedAsync();
            others = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => PutAsync(http, table, i)));
        }

        others.Should().OnlyContain(answer => answer.Status == HttpStatusCode.BadRequest
            && answer.Type == "com.amazon.coral.availability#ThrottlingException");
        log.Failures.Should().BeEmpty();
        log.MessagesOf(4).Should().HaveCount(5).And.OnlyContain(line => line.Contains("was throttled", StringComparison.Ordinal));
        (await first).Status.Should().Be(HttpStatusCode.OK);
        (await PutAsync(http, table, 6)).Status.Should().Be(HttpStatusCode.OK, "the turn is free again");
    }

    [Fact]
    public async Task Client_that_goes_away_while_it_waits_leaves_its_place()
    {
        var table = await server.CreateTableAsync();
        (await PutAsync(server.Http, table, 0)).Status.Should().Be(HttpStatusCode.OK);
        using var log = new RecordedLog();
        await using var app = await StartAsync(log, endpoint => endpoint.MaxConcurrentRequests = 1);
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        Task<WireAnswer> first;
        await using (var held = await HeldItem.TakeAsync(server.ConnectionString))
        {
            first = PutAsync(http, table, 0);
            await held.UntilWantedAsync();
            using var impatient = new HttpClient { BaseAddress = http.BaseAddress, Timeout = TimeSpan.FromMilliseconds(200) };

            var gone = () => PutAsync(impatient, table, 1);

            await gone.Should().ThrowAsync<TaskCanceledException>();
        }

        (await first).Status.Should().Be(HttpStatusCode.OK);
        (await PutAsync(http, table, 2)).Status.Should().Be(HttpStatusCode.OK);
        log.MessagesOf(4).Should().BeEmpty();
    }

    private static Task<WireAnswer> PutAsync(HttpClient http, string table, int number) => http.CallAsync(
        "PutItem",
        "{\"TableName\":\"" + table + "\",\"Item\":{\"p\":{\"S\":\"" + number + "\"},\"g\":{\"S\":\"burst\"}}}");

    private async Task<WebApplication> StartAsync(RecordedLog log, Action<ExtendDbEndpointOptions> configure) =>
        await WireServer.StartAsync(server.ConnectionString, keys: null, builder =>
        {
            builder.Logging.AddProvider(log);
            builder.Services.PostConfigure(configure);
        });

    private async Task<int> CountAsync(string table)
    {
        var db = server.App.Services.GetRequiredService<IExtendDb>();
        var count = 0;
        AttributeMap? start = null;
        do
        {
            var page = await db.QueryAsync(new(table)
            {
                IndexName = WireTables.Index,
                KeyConditionExpression = "g = :g",
                ExpressionAttributeValues = new AttributeMap { [":g"] = "burst" },
                Select = Select.COUNT,
                ExclusiveStartKey = start,
            });
            count += page.Count;
            start = page.LastEvaluatedKey;
        }
        while (start is not null);

        return count;
    }
}
