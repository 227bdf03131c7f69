using System.CommandLine;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Server.Demo;
using ExtendDb.Ef.Server.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace ExtendDb.Ef.Server.Commands;

internal static class WorkerCommand
{
    public const string Name = "worker";

    /// <summary>The line that a worker prints once it runs, the only one on its standard output.</summary>
    public const string Running = "extenddb worker runs";

    /// <summary>The option that ties a worker to the process that started it, with which its standard input ends.</summary>
    public const string StopWithInput = "--stop-with-input";

    /// <summary>The option that lets a worker run the consumer of the demo.</summary>
    public const string DemoTotals = "--demo-totals";

    public static Command Create()
    {
        var loops = new Option<int>("--loops")
        {
            Description = "How many batches are applied side by side.",
            DefaultValueFactory = _ => new PropagationOptions().Loops,
        };
        loops.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 1 or > 32)
            {
                given.AddError("--loops goes from 1 to 32.");
            }
        });
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
        var command = new Command(Name, "Bring the global indexes up to date, until stopped.") { loops, stopWithInput, demoTotals };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);

            // Checks rights and schema version before a host could report them as a failed start, with a stack trace.
            await RoleRights.CheckAsync(database.Local().Connections, worker: true, cancellationToken);
            await database.Local().Definitions.GetAsync(cancellationToken);
            var builder = Host.CreateEmptyApplicationBuilder(settings: null);
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
            builder.Services.Configure<ConsoleLoggerOptions>(
                console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            var extendDb = builder.Services.AddExtendDb(
                database.ConnectionString, options => options.Propagation.Loops = parsed.GetValue(loops));
            if (parsed.GetValue(demoTotals))
            {
                extendDb.AddStreamConsumer<FileTotals>(FileTotals.Consumer, options => options.Table(FileItems.Table));
            }

            using var host = builder.Build();
            SystemdNotification.Connect(host);
            await host.StartAsync(cancellationToken);
            Console.WriteLine(Running);

            // The host ends on a signal, and when its worker fails permanently.
            var ended = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended);
            await (parsed.GetValue(stopWithInput) ? UntilInputEndsAsync(stop.Token) : UntilStoppedAsync(stop.Token));
            await host.StopAsync(CancellationToken.None);
            var failed = host.Services.GetServices<IHostedService>().OfType<BackgroundService>()
                .Any(service => service.ExecuteTask is { IsFaulted: true });
            return failed ? ExitCode.Failed : ExitCode.Ok;
        });
        return command;
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
