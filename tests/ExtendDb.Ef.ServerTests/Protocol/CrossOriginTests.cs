using System.Net;
using ExtendDb.Ef.AspNetCore;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

public sealed class CrossOriginTests(WireServer server) : IClassFixture<WireServer>
{
    private const string Allowed = "access-control-allow-origin";

    [Theory]
    [InlineData("http://localhost:3000")]
    [InlineData("http://127.0.0.1:5173")]
    [InlineData("http://[::1]:8080")]
    [InlineData("https://app.localhost")]
    public async Task Web_page_of_this_machine_may_call(string origin)
    {
        var asked = await AskAsync(server, origin);
        var answer = await server.Http.CallAsync("ListTables", "{}", request => request.Headers.Add("Origin", origin));

        asked.Status.Should().Be(HttpStatusCode.NoContent);
        asked.Headers[Allowed].Should().Be(origin);
        asked.Headers["access-control-allow-methods"].Should().Contain("POST");
        asked.Headers["access-control-allow-headers"].Should().Contain("x-amz-target");
        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Headers[Allowed].Should().Be(origin);
        answer.Headers["access-control-expose-headers"].Should().Contain("x-amz-crc32");
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("null")]
    [InlineData("file://")]
    public async Task Web_page_of_another_machine_may_not_call(string origin)
    {
        var asked = await AskAsync(server, origin);
        var answer = await server.Http.CallAsync(
            "ListTables", "{}", request => request.Headers.TryAddWithoutValidation("Origin", origin));

        asked.Headers.Should().NotContainKey(Allowed);
        answer.Headers.Should().NotContainKey(Allowed);
    }

    [Fact]
    public async Task Refusal_can_be_read_by_a_web_page_that_may_call()
    {
        var answer = await server.Http.CallAsync(
            "GetItem", "{}", request => request.Headers.Add("Origin", "http://localhost:3000"));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Headers.Should().ContainKey(Allowed);
    }

    [Fact]
    public async Task Request_without_an_origin_is_answered_as_ever()
    {
        var answer = await server.Http.CallAsync("ListTables", "{}");

        answer.Headers.Keys.Should().NotContain(name => name.StartsWith("access-control", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://console.example.org", true)]
    [InlineData("https://console.example.org:8443", false)]
    [InlineData("http://localhost:3000", false)]
    public async Task Listed_origins_take_the_place_of_this_machine(string origin, bool mayCall)
    {
        await using var app = await StartAsync("https://console.example.org/");
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };

        var asked = await AskAsync(http, origin);

        asked.Headers.ContainsKey(Allowed).Should().Be(mayCall);
    }

    [Fact]
    public async Task Empty_list_allows_no_web_page()
    {
        await using var app = await StartAsync();
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };

        var asked = await AskAsync(http, "http://localhost:3000");

        asked.Headers.Should().NotContainKey(Allowed);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://*.example.org")]
    [InlineData("example.org")]
    [InlineData("https://example.org/page")]
    [InlineData("ftp://example.org")]
    [InlineData("")]
    public async Task What_is_not_an_origin_stops_the_start(string origin)
    {
        var start = () => StartAsync(origin);

        (await start.Should().ThrowAsync<OptionsValidationException>()).WithMessage($"*'{origin}' is not the origin*");
    }

    private async Task<Microsoft.AspNetCore.Builder.WebApplication> StartAsync(params string[] origins) =>
        await WireServer.StartAsync(server.ConnectionString, keys: null, builder =>
            builder.Services.PostConfigure<ExtendDbEndpointOptions>(endpoint => endpoint.AllowedOrigins = [.. origins]));

    private static Task<WireAnswer> AskAsync(WireServer server, string origin) => AskAsync(server.Http, origin);

    private static async Task<WireAnswer> AskAsync(HttpClient http, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/");
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,x-amz-target,authorization,x-amz-date");
        using var response = await http.SendAsync(request);
        return await WireAnswer.ReadAsync(response);
    }
}
