using Amazon.DynamoDBv2;
using Amazon.Runtime;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Signing;
using ExtendDb.Ef.Server.Serving;
using ExtendDb.Ef.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.ServerTests;

/// <summary>A server as <c>extenddb serve</c> runs it, on a socket and a database of its own.</summary>
public sealed class WireServer : ExtendDbFixture
{
    private WebApplication? _app;
    private string? _own;

    /// <summary>Gets where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Gets an SDK client that tries nothing twice.</summary>
    public AmazonDynamoDBClient Client { get; private set; } = null!;

    /// <summary>Gets a client for requests that no SDK sends.</summary>
    public HttpClient Http { get; } = new();

    internal WebApplication App => _app!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();

        // No other class has this string, so caches and pools are its own.
        _own = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            ApplicationName = $"wire {Guid.NewGuid():N}",
            MaxPoolSize = 20,
        }.ConnectionString;
        _app = await StartAsync(_own, keys: null);
        Url = new Uri(_app.Urls.First());
        Http.BaseAddress = Url;
        Client = ClientOf(Url);
    }

    /// <summary>Starts a further server on a database.</summary>
    internal static async Task<WebApplication> StartAsync(
        string connectionString, AccessKeys? keys, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ServerHost.CreateBuilder();
        builder.Logging.ClearProviders();
        configure?.Invoke(builder);
        var app = ServerHost.Build(
            builder, connectionString, keys, new(Urls: "http://127.0.0.1:0", Worker: true, Insecure: false));
        await app.StartAsync();
        return app;
    }

    /// <summary>Makes an SDK client that tries nothing twice.</summary>
    public static AmazonDynamoDBClient ClientOf(Uri url, string accessKey = "any", string secret = "secret") => new(
        new BasicAWSCredentials(accessKey, secret),
        new AmazonDynamoDBConfig
        {
            ServiceURL = url.ToString(),
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
        });

    public override async Task DisposeAsync()
    {
        Client.Dispose();
        Http.Dispose();
        await _app!.DisposeAsync();
        await using (var pooled = new NpgsqlConnection(_own))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await base.DisposeAsync();
    }
}
