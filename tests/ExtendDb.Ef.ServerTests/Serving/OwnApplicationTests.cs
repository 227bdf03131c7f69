using System.Net;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Signing;
using ExtendDb.Ef.ServerTests.Signing;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Serving;

public sealed class OwnApplicationTests(WireServer server) : IClassFixture<WireServer>
{
    [Fact]
    public async Task Endpoint_stands_beside_those_of_the_application()
    {
        await using var app = await StartAsync();
        using var http = new HttpClient { BaseAddress = new(app.Urls.First()) };
        using var client = WireServer.ClientOf(new(http.BaseAddress, "/dynamodb"));

        await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = "Own",
            KeySchema = [new("p", "HASH")],
            AttributeDefinitions = [new("p", "S")],
            BillingMode = "PAY_PER_REQUEST",
        });
        await client.PutItemAsync("Own", new() { ["p"] = new("a"), ["v"] = new("here") });
        var item = await client.GetItemAsync("Own", new() { ["p"] = new("a") });

        item.Item["v"].S.Should().Be("here");
        (await http.GetStringAsync(new Uri("/hello", UriKind.Relative))).Should().Be("of the application");
        (await http.GetStringAsync(new Uri("/dynamodb", UriKind.Relative))).Should().StartWith("healthy: ");
    }

    [Fact]
    public async Task Signatures_are_verified_below_a_path_too()
    {
        var keys = AccessKeys.Parse($"{SdkSigner.KeyId} {SdkSigner.Secret}");
        await using var app = await StartAsync(options => options.AccessKeys = keys);
        var url = new Uri(new(app.Urls.First()), "/dynamodb");
        using var known = WireServer.ClientOf(url, SdkSigner.KeyId, SdkSigner.Secret);
        using var unknown = WireServer.ClientOf(url);

        var listing = () => known.ListTablesAsync();
        var intruding = () => unknown.ListTablesAsync();

        await listing.Should().NotThrowAsync();
        (await intruding.Should().ThrowAsync<AmazonDynamoDBException>()).Which.ErrorCode.Should().Be("UnrecognizedClientException");
    }

    [Theory]
    [InlineData("Host", "database.example.com")]
    [InlineData("Host", "10.0.0.7")]
    [InlineData("Host", "localhost.example.com")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("X-Real-IP", "203.0.113.9")]
    public async Task Endpoint_without_access_keys_refuses_a_request_that_may_come_from_another_machine(string header, string value)
    {
        await using var closed = await StartAsync();
        await using var open = await StartAsync(options => options.AllowAnyCredentials());

        var (refused, error) = await ListTablesAsync(closed, header, value);
        var (accepted, _) = await ListTablesAsync(open, header, value);

        refused.Should().Be(HttpStatusCode.BadRequest);
        error.Should().Contain("#AccessDeniedException").And.Contain("AllowAnyCredentials()");
        accepted.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost:8000")]
    [InlineData("dynamodb.localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:8000")]
    public async Task Endpoint_without_access_keys_answers_a_request_of_this_machine(string host)
    {
        await using var app = await StartAsync();

        var (status, _) = await ListTablesAsync(app, "Host", host);

        status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Health_checks_join_those_of_the_application()
    {
        await using var app = await StartAsync();

        var report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        report.Status.Should().Be(HealthStatus.Healthy);
        report.Entries.Keys.Should().Contain(["database", "worker", "lag"]);
    }

    [Fact]
    public async Task Mapping_without_the_services_says_what_to_call()
    {
        await using var app = WebApplication.CreateBuilder().Build();

        var mapping = () => app.MapExtendDb();

        mapping.Should().Throw<InvalidOperationException>().WithMessage("*AddExtendDbEndpoint()*");
    }

    private static async Task<(HttpStatusCode Status, string Body)> ListTablesAsync(WebApplication app, string header, string value)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new(app.Urls.First()), "/dynamodb"))
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=any");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<WebApplication> StartAsync(Action<ExtendDbEndpointOptions>? configure = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddExtendDb(server.ConnectionString);
        builder.Services.AddExtendDbEndpoint(configure);
        builder.Services.AddHealthChecks().AddExtendDb();
        var app = builder.Build();
        app.MapGet("/hello", () => "of the application");
        app.MapExtendDb("/dynamodb");
        await app.StartAsync();
        return app;
    }
}
