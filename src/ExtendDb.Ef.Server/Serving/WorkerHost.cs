using ExtendDb.Ef.Server.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.Server.Serving;

/// <summary>Builds the host of <c>extenddb worker</c>: with addresses for the monitoring, or without any.</summary>
internal static class WorkerHost
{
    /// <summary>Reads the configuration like <see cref="ServerHost.CreateBuilder"/>.</summary>
    /// <param name="monitored">Whether the worker will listen.</param>
    /// <param name="logFormat">The format of the log that the command line chose.</param>
    public static IHostApplicationBuilder CreateBuilder(bool monitored, LogFormat? logFormat)
    {
        IHostApplicationBuilder builder = monitored ? WebApplication.CreateBuilder() : Host.CreateApplicationBuilder();
        HostConfiguration.AddDefaults(builder.Configuration, logFormat);
        return builder;
    }

    /// <summary>Builds the worker, which does not run yet.</summary>
    public static IHost Build(IHostApplicationBuilder builder, string connectionString, WorkerOptions options)
    {
        HostConfiguration.AddOptions(builder);
        var extendDb = builder.Services.AddExtendDb(connectionString, chosen =>
        {
            // The file is perhaps shared with servers that leave the work to this process.
            chosen.Propagation.Enabled = true;
            chosen.Propagation.Loops = options.Loops ?? chosen.Propagation.Loops;
        });
        if (options.DemoTotals)
        {
            extendDb.AddStreamConsumer<FileTotals>(FileTotals.Consumer, consumer => consumer.Table(FileItems.Table));
        }

        if (builder is HostApplicationBuilder unmonitored)
        {
            return HostStart.Build(unmonitored.Logging, unmonitored.Build);
        }

        var monitored = (WebApplicationBuilder)builder;
        Addresses.ListenOn(monitored, options.Urls);
        if (Addresses.AreOfThisMachine(options.Urls!))
        {
            Addresses.AnswerOnlyLocalNames(monitored);
        }

        Probes.Add(monitored.Services);
        var app = HostStart.Build(monitored.Logging, monitored.Build);
        Probes.Map(app);
        return app;
    }
}
