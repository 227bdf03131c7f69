using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.PostgresTests.Consumers;

/// <summary>An application with a consumer, and without a worker.</summary>
internal sealed class ConsumerHost : IAsyncDisposable
{
    private readonly IHost _host;

    private ConsumerHost(IHost host) => _host = host;

    public static async Task<ConsumerHost> StartAsync(
        string connectionString,
        string name,
        ScriptedHandler handler,
        Action<StreamConsumerOptions> configure,
        Action<DbContextOptionsBuilder>? configureContext = null)
    {
        var own = OperationsHost.Own(connectionString);
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(handler);
        void Configure(ExtendDbOptions options)
        {
            options.Propagation.Enabled = false;
            options.Propagation.MinPollInterval = options.Propagation.MaxPollInterval = TimeSpan.FromMilliseconds(5);
        }

        var extendDb = configureContext is null
            ? builder.Services.AddExtendDb(own, Configure)
            : builder.Services.AddExtendDb<ExtendDbContext>((_, context) => configureContext(context.UseNpgsql(own)), Configure);
        extendDb.AddStreamConsumer<ScriptedHandler>(name, configure);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
