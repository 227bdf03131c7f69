using System.Net;
using System.Text.Json;
using ExtendDb.Ef.ServerTests.Protocol;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Serving;

public sealed class ServeConfigurationTests(ConfiguredServer server) : IClassFixture<ConfiguredServer>
{
    [Fact]
    public async Task Database_of_the_configuration_is_served()
    {
        using var http = new HttpClient { BaseAddress = server.Plain };

        // The first check of a process that has just started can take longer than it may.
        var ready = await Waiting.ReadAsync(
            () => http.GetAsync(new Uri("/health/ready", UriKind.Relative)), answer => answer.StatusCode == HttpStatusCode.OK);

        ready.StatusCode.Should().Be(HttpStatusCode.OK);
        server.Process.Output.Should().Contain(
            new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString).Database).And.NotContain("private PostgreSQL");
    }

    [Fact]
    public async Task Without_delay_of_the_configuration_an_index_has_an_item_when_the_write_returns()
    {
        using var http = new HttpClient { BaseAddress = server.Plain };
        await http.CallAsync("CreateTable", """
            {"TableName":"Immediate","KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST",
            "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"g","AttributeType":"S"}],
            "GlobalSecondaryIndexes":[{"IndexName":"by-g","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],
            "Projection":{"ProjectionType":"KEYS_ONLY"}}]}
            """);

        for (var i = 1; i <= 20; i++)
        {
            await http.CallAsync("PutItem", $$$"""{"TableName":"Immediate","Item":{"p":{"S":"{{{i}}}"},"g":{"S":"x"} } }""");
            var page = await http.CallAsync("Query", """
                {"TableName":"Immediate","IndexName":"by-g","Select":"COUNT","KeyConditionExpression":"g = :g",
                "ExpressionAttributeValues":{":g":{"S":"x"}}}
                """);
            page.Json.GetProperty("Count").GetInt32().Should().Be(i);
        }
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 1)]
    public async Task Encrypted_address_speaks_both_versions_of_HTTP(int major, int minor)
    {
        using var handler = Trusting();
        using var http = new HttpClient(handler) { BaseAddress = server.Encrypted };

        var calls = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => http.CallAsync("ListTables", "{}", request =>
        {
            request.Version = new(major, minor);
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        })));

        calls.Should().OnlyContain(answer => answer.Status == HttpStatusCode.OK);
        calls.Select(answer => answer.Headers["x-amzn-requestid"]).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Request_of_17_MB_over_HTTP_2_is_too_large_and_the_next_one_is_answered()
    {
        using var handler = Trusting();
        using var http = new HttpClient(handler) { BaseAddress = server.Encrypted };

        var large = await http.CallAsync("ListTables", new byte[17 * 1_024 * 1_024], Exactly2);
        var next = await http.CallAsync("ListTables", "{}"u8.ToArray(), Exactly2);

        large.Status.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        next.Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Logs_in_JSON_are_JSON_line_by_line()
    {
        using var http = new HttpClient { BaseAddress = server.Plain };

        var refused = await http.CallAsync("GetItem", "nonsense");

        var id = refused.Headers["x-amzn-requestid"];
        await Waiting.UntilAsync(
            () => server.Process.Errors.Contains(id, StringComparison.Ordinal), "the request is logged");
        var lines = server.Process.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Should().ContainSingle(line => line.ToString().Contains(id, StringComparison.Ordinal))
            .Which.GetProperty("State").GetProperty("Error").GetString().Should().Be("SerializationException");
    }

    [Fact]
    public async Task Metrics_count_requests_by_operation_and_error()
    {
        using var http = new HttpClient { BaseAddress = server.Plain };
        await http.CallAsync("BatchGetItem", "nonsense");
        await http.CallAsync("NoSuch", "{}");

        var metrics = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        metrics.Should().MatchRegex(
            "extenddb_endpoint_request_duration_seconds_count\\{[^}]*error=\"SerializationException\"[^}]*operation=\"BatchGetItem\"");
        metrics.Should().Contain("operation=\"unknown\"").And.NotContain("Such");
    }

    [Theory]
    [InlineData("""{"ExtendDb":{"DefaultPropagationDelay":"-00:00:01"}}""", "DefaultPropagationDelay")]
    [InlineData("""{"ExtendDb":{"DefaultPropagationDelay":"soon"}}""", "DefaultPropagationDelay")]
    [InlineData("""{"ExtendDb":{""", "appsettings.json")]
    public async Task Configuration_that_is_wrong_is_said_in_one_line(string settings, string words)
    {
        using var folder = new ServedFolder().WithSettings(settings);
        await using var process = ServeProcess.Start(server.ConnectionString, ["--urls", "http://127.0.0.1:0"], folder.Path);

        (await process.ExitCodeAsync()).Should().Be(1);
        process.Output.Should().BeEmpty();
        process.Complaints.Should().StartWith("extenddb: ").And.Contain(words).And.NotContain("\n");
    }

    private static SocketsHttpHandler Trusting() => new()
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost" },
    };

    private static void Exactly2(HttpRequestMessage request)
    {
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }
}
