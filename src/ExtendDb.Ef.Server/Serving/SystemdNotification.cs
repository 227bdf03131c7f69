using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace ExtendDb.Ef.Server.Serving;

/// <summary>Tells systemd, or whatever set NOTIFY_SOCKET, when a host is ready and when it stops.</summary>
/// <remarks>
/// AddSystemd() would do the same only for a child of systemd, and would change the format of the log, which is a setting
/// of the configuration.
/// </remarks>
internal static class SystemdNotification
{
    /// <summary>Sends READY=1 once all services of the host have started, and STOPPING=1 when it begins to stop.</summary>
    public static void Connect(IHost host)
    {
        var systemd = new SystemdNotifier();
        if (!systemd.IsEnabled)
        {
            return;
        }

        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStarted.Register(() => systemd.Notify(ServiceState.Ready));
        lifetime.ApplicationStopping.Register(() => systemd.Notify(ServiceState.Stopping));
    }
}
