using System.Net;
using System.Text;
using FluentAssertions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

public sealed class ConnectionTests(WireServer server) : IClassFixture<WireServer>
{
    [Fact]
    public async Task Requests_after_one_another_share_a_connection()
    {
        await using var connection = await RawConnection.OpenAsync(server.Url);
        var statuses = new List<HttpStatusCode>();

        foreach (var json in new[] { "{}", "broken", "{}" })
        {
            await connection.SendAsync(RawConnection.RequestOf("ListTables", json));
            statuses.Add((await connection.ReadAnswerAsync()).Status);
        }

        statuses.Should().Equal(HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_sent_at_once_are_answered_in_their_order()
    {
        await using var connection = await RawConnection.OpenAsync(server.Url);
        var good = RawConnection.RequestOf("DescribeEndpoints", "{}");
        var bad = RawConnection.RequestOf("GetItem", "{}");

        await connection.SendAsync(Enumerable.Repeat<byte[]>([.. good, .. bad], 20).SelectMany(two => two).ToArray());

        for (var i = 0; i < 20; i++)
        {
            (await connection.ReadAnswerAsync()).Status.Should().Be(HttpStatusCode.OK);
            (await connection.ReadAnswerAsync()).Status.Should().Be(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Headers_of_10_000_bytes_are_taken()
    {
        var answer = await server.Http.CallAsync(
            "ListTables", "{}", request => request.Headers.TryAddWithoutValidation("X-Long", new string('a', 10_000)));

        answer.Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(500, 200)]
    public async Task Headers_of_100_000_bytes_are_too_large(int count, int length)
    {
        await using var connection = await RawConnection.OpenAsync(server.Url);
        var headers = Enumerable.Range(0, count).Select(i => $"X-Long-{i}: {new string('a', length)}");
        await connection.SendAsync(RawConnection.RequestOf("ListTables", "{}", [.. headers]));

        var answer = await connection.ReadAnswerAsync();

        answer.Status.Should().Be(HttpStatusCode.RequestHeaderFieldsTooLarge);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\n\r\n")]
    [InlineData("POST / HTTP/9.9\r\nHost: a\r\n\r\n")]
    [InlineData("POST /\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nX: \u0000\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: nonsense\r\nContent-Length: 2\r\n\r\n{}")]
    public async Task What_is_no_HTTP_is_refused(string request)
    {
        await using var connection = await RawConnection.OpenAsync(server.Url);
        await connection.SendAsync(Encoding.Latin1.GetBytes(request));

        var answer = await connection.ReadAnswerAsync();

        ((int)answer.Status).Should().BeOneOf(400, 505);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_that_leaves_within_its_request_is_no_failure_of_the_server(bool reset)
    {
        var log = new RecordedLog();
        await using var app = await StartAsync(log);
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };

        for (var i = 0; i < 20; i++)
        {
            await using var connection = await RawConnection.OpenAsync(http.BaseAddress);
            await connection.SendAsync(RawConnection.HeadOf("ListTables", "Content-Length: 1000"));
            await connection.SendAsync("{\"Limit\":"u8.ToArray());
            if (reset)
            {
                connection.Reset();
            }
            else
            {
                connection.EndSending();
                await connection.UntilClosedAsync();
            }
        }

        (await http.CallAsync("ListTables", "{}")).Status.Should().Be(HttpStatusCode.OK);
        await app.StopAsync();
        log.Failures.Should().BeEmpty();
    }

    [Fact]
    public async Task Client_that_leaves_before_its_answer_is_no_failure_of_the_server()
    {
        var log = new RecordedLog();
        await using var app = await StartAsync(log);
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var table = await server.CreateTableAsync();
        var put = $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"}} }""";
        var change = $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"},"n":{"N":"1"} } }""";
        await http.CallAsync("PutItem", put);
        await using (var held = await HeldItem.TakeAsync(server.ConnectionString))
        {
            await using var connection = await RawConnection.OpenAsync(http.BaseAddress);
            await connection.SendAsync(RawConnection.RequestOf("PutItem", change));
            await held.UntilWantedAsync();
            connection.Reset();
            await held.UntilUnwantedAsync();
        }

        (await http.CallAsync("PutItem", put)).Status.Should().Be(HttpStatusCode.OK);
        await app.StopAsync();
        log.Failures.Should().BeEmpty();
    }

    [Fact]
    public async Task Slow_sender_is_cut_off_and_holds_nobody_up()
    {
        await using var app = await StartAsync(new RecordedLog(), kestrel =>
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 100, gracePeriod: TimeSpan.FromSeconds(2)));
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        await using var slow = await RawConnection.OpenAsync(http.BaseAddress);
        await slow.SendAsync(RawConnection.HeadOf("ListTables", "Content-Length: 1000"));
        using var stop = new CancellationTokenSource();
        var dripping = DripAsync(slow, stop.Token);

        var cutOff = slow.ReadAnswerAsync();
        var meanwhile = http.CallAsync("ListTables", "{}");
        var first = await Task.WhenAny(meanwhile, cutOff);
        var answer = await cutOff;

        first.Should().BeSameAs(meanwhile);
        (await meanwhile).Status.Should().Be(HttpStatusCode.OK);
        answer.Status.Should().Be(HttpStatusCode.RequestTimeout);
        await slow.UntilClosedAsync();
        await stop.CancelAsync();
        await dripping;
    }

    private static async Task DripAsync(RawConnection connection, CancellationToken stop)
    {
        // Ten bytes a second are fewer than the server takes.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (true)
            {
                await connection.SendAsync(" "u8.ToArray());
                await pace.WaitForNextTickAsync(stop);
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            // The server has closed the connection.
        }
    }

    private Task<Microsoft.AspNetCore.Builder.WebApplication> StartAsync(
        RecordedLog log, Action<KestrelServerOptions>? limits = null) =>
        WireServer.StartAsync(server.ConnectionString, keys: null, builder =>
        {
            builder.Logging.AddProvider(log);
            builder.WebHost.ConfigureKestrel(limits ?? (_ => { }));
        });
}
