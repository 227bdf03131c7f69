using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.CrashTests;

/// <summary>A worker in this process: for tests that kill nothing, or that give it a clock.</summary>
internal sealed class InProcessWorker : IAsyncDisposable
{
    private readonly IHost _host;

    private InProcessWorker(IHost host) => _host = host;

    /// <summary>Gets the operations beside it, as an application has them that does its own work.</summary>
    public IExtendDb ExtendDb => _host.Services.GetRequiredService<IExtendDb>();

    public static async Task<InProcessWorker> StartAsync(
        string connectionString, Action<ExtendDbOptions>? configure = null, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(time ?? TimeProvider.System).AddExtendDb(connectionString, configure);
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
