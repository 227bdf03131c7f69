using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Server.Lag;
using ExtendDb.Ef.Telemetry;
using Npgsql;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>
/// Shows the lag of the indexes, the waiting markers, their rates, and the holder that holds back VACUUM.
/// </summary>
internal static class LagCommand
{
    private const int MostSeconds = 3_600;
    private const string Help = "q ends it";

    // The counters of a server change once a second.
    private static readonly TimeSpan BetweenCounters = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenKeys = TimeSpan.FromMilliseconds(100);

    // However long a look took, because the queue was long or the server stood still.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var watch = new Option<bool>("--watch") { Description = "Show it again and again, until q or Ctrl-C." };
        var json = JsonOutput.Option();
        var table = new Option<string?>(IndexSelection.TableOption) { Description = "Only the indexes of this table." };
        var interval = new Option<int?>("--interval")
        {
            Description = "The seconds from one look to the next of --watch; 1 by default.",
        };
        interval.Between(1, MostSeconds, " seconds");
        var command = new Command("lag", "Show how far the global indexes lag, what waits for them, and how fast it is applied.")
        {
            watch,
            json,
            table,
            interval,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);

            // Says in a sentence that there is no schema, or another.
            await database.Local().Definitions.GetAsync(cancellationToken);
            var name = parsed.GetValue(table);
            if (name is not null)
            {
                await NamedTable.FindAsync(database.Local(), name, cancellationToken);
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var again = parsed.GetValue(watch) ? TimeSpan.FromSeconds(parsed.GetValue(interval) ?? 1) : (TimeSpan?)null;
            var samples = SamplesAsync(database.Local(), name, again, stop.Token);
            try
            {
                await (parsed.GetValue(json)
                    ? PrintAsync(samples, again is null ? JsonOutput.Options : JsonOutput.OneLine)
                    : ShowAsync(samples, again is not null, stop));
            }
            catch (OperationCanceledException) when (again is not null)
            {
                // The command ends by being cancelled.
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static async IAsyncEnumerable<LagSample> SamplesAsync(
        ExtendDbRuntime runtime, string? table, TimeSpan? interval, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var time = runtime.Time;
        var before = await QueueReader.ReadTrafficAsync(runtime, cancellationToken);
        var pause = BetweenCounters;
        do
        {
            // Rates need two reads of the counters.
            await Task.Delay(pause, time, cancellationToken);
            var began = time.GetTimestamp();
            var (sample, traffic) = await SampleAsync(runtime, table, before, goesOn: interval is not null, cancellationToken);
            yield return sample;
            before = traffic;

            // Counting a long queue takes long, so it is done only now and then.
            var rest = DutyCycle.Of(time.GetElapsedTime(began), atLeast: interval ?? BetweenCounters);
            pause = rest > LongestPause && LongestPause > interval ? LongestPause : rest;
        }
        while (interval is not null);
    }

    // At 3 a.m. the window stays, and says since when it has no answer.
    private static async Task<(LagSample Sample, QueueReader.Traffic Traffic)> SampleAsync(
        ExtendDbRuntime runtime, string? table, QueueReader.Traffic before, bool goesOn, CancellationToken cancellationToken)
    {
        try
        {
            var queue = await QueueReader.SampleAsync(runtime, cancellationToken);
            var traffic = await QueueReader.ReadTrafficAsync(runtime, cancellationToken);
            return (LagSample.Of(queue, before, traffic, table), traffic);
        }
        catch (NpgsqlException failed) when (goesOn)
        {
            return (LagSample.Without(before, $"No answer since {before.At.ToLocalTime():HH:mm:ss}: {failed.Message}"), before);
        }
    }

    private static async Task PrintAsync(IAsyncEnumerable<LagSample> samples, JsonSerializerOptions options)
    {
        await foreach (var sample in samples)
        {
            Console.WriteLine(JsonSerializer.Serialize(sample, options));
        }
    }

    private static async Task ShowAsync(IAsyncEnumerable<LagSample> samples, bool watch, CancellationTokenSource stop)
    {
        if (!watch || Console.IsOutputRedirected)
        {
            await foreach (var sample in samples)
            {
                AnsiConsole.Write(LagTable.Of(sample, AnsiConsole.Profile.Width, height: null));
            }

            return;
        }

        var keys = Console.IsInputRedirected ? Task.CompletedTask : UntilKeyAsync(stop);
        await AnsiConsole.Live(new Text(Help)).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            await foreach (var sample in samples)
            {
                // A window can change its size at any time.
                AnsiConsole.Profile.Width = Console.WindowWidth;
                live.UpdateTarget(LagTable.Of(sample, Console.WindowWidth, Console.WindowHeight));
            }
        });
        await keys;
    }

    private static async Task UntilKeyAsync(CancellationTokenSource stop)
    {
        while (!stop.IsCancellationRequested)
        {
            while (Console.KeyAvailable)
            {
                if (Console.ReadKey(intercept: true).Key == ConsoleKey.Q)
                {
                    await stop.CancelAsync();
                }
            }

            await Task.Delay(BetweenKeys, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
