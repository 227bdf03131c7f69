using Amazon.DynamoDBv2;
using ExtendDb.Ef.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.ServerTests.InProcess;

/// <summary>A program that is not a web application, with the SDK's client of its own tables.</summary>
public sealed class InProcessHost : ExtendDbFixture
{
    private IHost? _host;

    /// <summary>Gets a client with the SDK's defaults.</summary>
    public IAmazonDynamoDB Client => Services.GetRequiredService<IAmazonDynamoDB>();

    public IServiceProvider Services => _host!.Services;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _host = await StartAsync(ConnectionString);
    }

    /// <summary>Starts a further host on a database.</summary>
    public static async Task<IHost> StartAsync(
        string connectionString,
        Action<AmazonDynamoDBConfig>? configure = null,
        Action<HostApplicationBuilder>? configureHost = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddExtendDb(connectionString);
        builder.Services.AddExtendDbAmazonDynamoDB(configure);
        configureHost?.Invoke(builder);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public override async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }

        await base.DisposeAsync();
    }
}
