using ExtendDb.Ef.Server.Commands;
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

    /// <summary>Builds a host whose own log is silent until it has started, and which tells systemd.</summary>
    /// <param name="logging">The logging of the host's builder.</param>
    /// <param name="build">Builds the host.</param>
    public static THost Build<THost>(ILoggingBuilder logging, Func<THost> build)
        where THost : IHost
    {
        var hasStarted = false;
        logging.AddFilter(HostsOwnLog, level => Volatile.Read(ref hasStarted) && level >= LogLevel.Warning);
        var host = build();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(
            () => Volatile.Write(ref hasStarted, true));
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
}
