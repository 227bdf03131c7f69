using ExtendDb.Ef.Server.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.Server.Serving;

/// <summary>Builds, starts and ends the host of a command so that an error at the start is one sentence.</summary>
internal static class HostStart
{
    // An error at the start is thrown, and the command prints it; the log would show its stack trace.
    private const string HostsOwnLog = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>Runs what reads the configuration.</summary>
    /// <exception cref="WrongConfigurationException">appsettings.json cannot be read.</exception>
    public static TBuilder Read<TBuilder>(Func<TBuilder> create)
    {
        try
        {
            return create();
        }
        catch (InvalidDataException unreadable)
        {
            throw new WrongConfigurationException(unreadable);
        }
    }

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var filter = FilterOf(builder.Logging);
        var app = builder.Build();
        filter.Until(app.Lifetime);
        SystemdNotification.Connect(app);
        return app;
    }

    public static IHost Build(HostApplicationBuilder builder)
    {
        var filter = FilterOf(builder.Logging);
        var host = builder.Build();
        filter.Until(host.Services.GetRequiredService<IHostApplicationLifetime>());
        SystemdNotification.Connect(host);
        return host;
    }

    /// <summary>Builds and starts a host, and disposes of it when it does not start.</summary>
    /// <exception cref="WrongConfigurationException">A value of the configuration is wrong.</exception>
    public static async Task<THost> StartAsync<THost>(Func<THost> build, CancellationToken cancellationToken)
        where THost : class, IHost
    {
        THost? host = null;
        try
        {
            host = build();
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch (Exception failure)
        {
            await (host is IAsyncDisposable started ? started.DisposeAsync() : ValueTask.CompletedTask);

            // The values of the configuration, and Kestrel's addresses and certificates, are first used here.
            if (failure is InvalidOperationException or OptionsValidationException)
            {
                throw new WrongConfigurationException(failure);
            }

            throw;
        }
    }

    /// <summary>Returns the exit code of a host that has ended: on a signal, or because a service failed for good.</summary>
    public static int ExitCodeOf(IHost ended) =>
        ended.Services.GetServices<IHostedService>().OfType<BackgroundService>()
            .Any(service => service.ExecuteTask is { IsFaulted: true })
                ? ExitCode.Failed
                : ExitCode.Ok;

    private static StartFilter FilterOf(ILoggingBuilder logging)
    {
        var filter = new StartFilter();
        logging.AddFilter(HostsOwnLog, level => filter.HasStarted && level >= LogLevel.Warning);
        return filter;
    }

    private sealed class StartFilter
    {
        private volatile bool _hasStarted;

        public bool HasStarted => _hasStarted;

        public void Until(IHostApplicationLifetime lifetime) => lifetime.ApplicationStarted.Register(() => _hasStarted = true);
    }
}
