using System.Net;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace ExtendDb.Ef.ConsoleTests.Access;

public sealed class LocalAccessTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    [Theory]
    [InlineData("/console/")]
    [InlineData("/console/tables/Music/items")]
    [InlineData("/console/_assets/console.css")]
    [InlineData("/console/_framework/blazor.web.js")]
    [InlineData("/console/_blazor/initializers")]
    public async Task Console_answers_this_machine(string path)
    {
        await using var app = await ConsoleApplication.StartAsync(database.ConnectionString);

        using var response = await app.GetAsync(path);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Host", "tables.example.com")]
    [InlineData("Host", "10.0.0.7")]
    [InlineData("Host", "localhost.example.com")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Real-IP", "203.0.113.9")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Nothing_of_the_console_answers_what_may_come_from_another_machine(string header, string value)
    {
        await using var app = await ConsoleApplication.StartAsync(database.ConnectionString);
        string[] paths = ["/console/", "/console/_assets/console.js", "/console/_framework/blazor.web.js", "/console/_blazor"];

        var statuses = new List<HttpStatusCode>();
        foreach (var path in paths)
        {
            using var response = await app.GetAsync(path, (header, value));
            statuses.Add(response.StatusCode);
        }

        statuses.Should().AllBeEquivalentTo(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("https://evil.example.com")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://localhost.evil.example.com")]
    [InlineData("null")]
    public async Task Web_page_of_another_origin_opens_no_circuit(string origin)
    {
        await using var app = await ConsoleApplication.StartAsync(database.ConnectionString);

        using var negotiated = await app.SendAsync(HttpMethod.Post, "/console/_blazor/negotiate?negotiateVersion=1", null, ("Origin", origin));
        using var socket = await app.GetAsync(
            "/console/_blazor",
            ("Origin", origin),
            ("Connection", "Upgrade"),
            ("Upgrade", "websocket"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));

        negotiated.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        socket.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Own_pages_open_a_circuit()
    {
        await using var app = await ConsoleApplication.StartAsync(database.ConnectionString);
        var origin = app.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

        using var negotiated = await app.SendAsync(HttpMethod.Post, "/console/_blazor/negotiate?negotiateVersion=1", null, ("Origin", origin));

        negotiated.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Answers_let_no_other_page_frame_them_and_no_other_script_run()
    {
        await using var app = await ConsoleApplication.StartAsync(database.ConnectionString);

        using var response = await app.GetAsync("/console/");

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.Should().Contain("default-src 'none'").And.Contain("script-src 'self';").And.Contain("frame-ancestors 'none'");
        policy.Should().NotContain("unsafe-eval").And.NotContain("https:");
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        (await response.Content.ReadAsStringAsync()).Should().NotContain("http://").And.NotContain("https://").And.NotContain("<style");
    }

    [Fact]
    public async Task Console_stands_below_the_path_that_it_is_mapped_to()
    {
        await using var app = await ConsoleApplication.StartAsync(
            database.ConnectionString, map: static app => app.MapExtendDbConsole("/admin/db"));

        using var without = await app.GetAsync("/admin/db");
        var page = await app.Http.GetStringAsync(new Uri("/admin/db/", UriKind.Relative));

        without.Headers.Location!.OriginalString.Should().Be("/admin/db/");
        page.Should().Contain("<base href=\"/admin/db/\"");
    }

    [Fact]
    public async Task File_that_the_browser_has_is_not_sent_again()
    {
        await using var app = await ConsoleApplication.StartAsync(database.ConnectionString);
        using var first = await app.GetAsync("/console/_assets/console.css");

        using var second = await app.GetAsync("/console/_assets/console.css", ("If-None-Match", first.Headers.ETag!.ToString()));

        second.StatusCode.Should().Be(HttpStatusCode.NotModified);
    }
}
