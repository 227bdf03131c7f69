using System.CommandLine;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Server.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.Server.Commands;

internal static class WorkerCommand
{
    public const string Name = "worker";

    /// <summary>How the last line begins that a worker prints once it runs.</summary>
    public const string Running = "extenddb worker runs";

    /// <summary>The option that ties a worker to the process that started it, with which its standard input ends.</summary>
    public const string StopWithInput = "--stop-with-input";

    /// <summary>The option that lets a worker run the consumer of the demo.</summary>
    public const string DemoTotals = "--demo-totals";

    public static Command Create()
    {
        var loops = new Option<int?>("--loops")
        {
            Description = "How many batches are applied side by side; what the configuration says, or "
                + $"{new PropagationOptions().Loops}, by default.",
        };
        loops.Between(1, 64);
        var urls = new Option<string?>(Addresses.UrlsOption)
        {
            Description = "Where to serve /health/live, /health/ready and /metrics, divided by semicolons; nowhere by default. "
                + "The metrics name tables and indexes.",
        };
        var logFormat = LogFormatOption.Create();
        var stopWithInput = new Option<bool>(StopWithInput)
        {
            Description = "Stop when the standard input ends.",
            Hidden = true,
        };
        var demoTotals = new Option<bool>(DemoTotals)
        {
            Description = "Run the consumer of the demo.",
            Hidden = true,
        };
        var command = new Command(Name, "Bring the global indexes up to date, until stopped.")
        {
            loops,
            urls,
            logFormat,
            stopWithInput,
            demoTotals,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new WorkerOptions(parsed.GetValue(loops), parsed.GetValue(urls), parsed.GetValue(demoTotals));
            var builder = HostStart.Read(() => WorkerHost.CreateBuilder(options.Urls is not null, parsed.GetValue(logFormat)));
            if (options.Urls is not null)
            {
                Addresses.Check(builder.Configuration, options.Urls, onlyThisMachine: false);
            }

            await using var database = await ChosenDatabase.OpenAsync(
                parsed, cancellationToken, builder.Configuration.GetConnectionString(HostConfiguration.Section));

            // Checks rights and schema version before a host could report them as a failed start, with a stack trace.
            await RoleRights.CheckAsync(database.Local().Connections, worker: true, cancellationToken);
            await database.Local().Definitions.GetAsync(cancellationToken);
            using var host = await HostStart.StartAsync(
                () => WorkerHost.Build(builder, database.ConnectionString, options), cancellationToken);
            SayWhat(host, database);

            // The host ends on a signal, and when its worker fails permanently.
            var ended = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended);
            await (parsed.GetValue(stopWithInput) ? UntilInputEndsAsync(stop.Token) : UntilStoppedAsync(stop.Token));
            await host.StopAsync(CancellationToken.None);
            return HostStart.ExitCodeOf(host);
        });
        return command;
    }

    private static void SayWhat(IHost host, ChosenDatabase database)
    {
        var options = host.Services.GetRequiredService<ExtendDbRuntime>().Options;
        if (File.Exists(HostConfiguration.File))
        {
            Console.WriteLine($"Configuration: {Path.GetFullPath(HostConfiguration.File)} and the environment");
        }

        foreach (var url in (host as WebApplication)?.Urls ?? [])
        {
            Console.WriteLine($"Monitoring: {url}/health/live, {url}/health/ready and {url}/metrics");
        }

        Console.WriteLine(
            $"{Running} with {options.Propagation.Loops} loops, for the indexes and streams of {database.Place}, schema "
            + $"{SchemaVersion.Required}; expired items are {(options.TimeToLive.Enabled ? "deleted" : "left")}, indexes are verified "
            + (options.Verification.Interval is { } interval ? $"every {interval}" : "on command only"));
    }

    private static async Task UntilStoppedAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource();
        await using var stop = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
    }

    private static async Task UntilInputEndsAsync(CancellationToken cancellationToken)
    {
        // A read of the console cannot be cancelled, so it is left behind when the signal comes first.
        var input = Task.Run(static () => Console.In.ReadToEndAsync(), CancellationToken.None);
        await Task.WhenAny(input, UntilStoppedAsync(cancellationToken));
    }
}
