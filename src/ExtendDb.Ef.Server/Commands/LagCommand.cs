using System.CommandLine;
using System.Text.Json;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>
/// Shows the lag of the indexes, the waiting markers, their rates, and the holder that holds back VACUUM.
/// </summary>
internal static class LagCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var watch = new Option<bool>("--watch") { Description = "Show it again every second, until stopped." };
        var json = JsonOutput.Option();
        var command = new Command("lag", "Show how far the global indexes lag, what waits for them, and how fast it is applied.")
        {
            watch,
            json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
            var samples = SamplesAsync(database.Local(), parsed.GetValue(watch), cancellationToken);
            try
            {
                await (parsed.GetValue(json)
                    ? PrintAsync(samples, parsed.GetValue(watch) ? JsonOutput.OneLine : JsonOutput.Options)
                    : ShowAsync(samples, parsed.GetValue(watch)));
            }
            catch (OperationCanceledException) when (parsed.GetValue(watch))
            {
                // The command ends by being cancelled.
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static async IAsyncEnumerable<Sample> SamplesAsync(
        ExtendDbRuntime runtime,
        bool watch,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var time = runtime.Time;
        var before = await QueueReader.ReadTrafficAsync(runtime, cancellationToken);
        do
        {
            // Rates need two reads of the counters, which the server updates once a second.
            await Task.Delay(Interval, time, cancellationToken);
            var began = time.GetTimestamp();
            var queue = await QueueReader.SampleAsync(runtime, cancellationToken);
            var traffic = await QueueReader.ReadTrafficAsync(runtime, cancellationToken);
            yield return Sample.Of(queue, before, traffic);
            before = traffic;
            if (watch)
            {
                // Counting a long queue takes long, so it is done only now and then.
                await Task.Delay(
                    DutyCycle.Of(time.GetElapsedTime(began), atLeast: Interval) - Interval, time, cancellationToken);
            }
        }
        while (watch);
    }

    private static async Task PrintAsync(IAsyncEnumerable<Sample> samples, JsonSerializerOptions options)
    {
        await foreach (var sample in samples)
        {
            Console.WriteLine(JsonSerializer.Serialize(sample, options));
        }
    }

    private static async Task ShowAsync(IAsyncEnumerable<Sample> samples, bool watch)
    {
        if (!watch || Console.IsOutputRedirected)
        {
            await foreach (var sample in samples)
            {
                AnsiConsole.Write(TableOf(sample));
            }

            return;
        }

        await AnsiConsole.Live(new Table()).StartAsync(async live =>
        {
            await foreach (var sample in samples)
            {
                live.UpdateTarget(TableOf(sample));
            }
        });
    }

    private static Table TableOf(Sample sample)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("table", "index");
        foreach (var column in new[] { "lag s", "pending", "quarantine", "backfill" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var index in sample.Indexes)
        {
            table.AddRow(
                Markup.Escape(index.Table), Markup.Escape(index.Index), $"{index.LagSeconds:0.000}", $"{index.Pending:N0}",
                $"{index.Quarantined:N0}", index.Backfill is { } done ? $"{done:P0}" : "");
        }

        var horizon = sample.VacuumHeldBackBy is not { } holder ? "nobody"
            : sample.VacuumHeldBackSeconds is { } seconds ? $"{holder} since {seconds:0} s"
            : holder;
        return table.Caption(Markup.Escape(
            $"enqueued {sample.EnqueuedPerSecond:N0}/s, applied {sample.AppliedPerSecond:N0}/s; VACUUM is held back by {horizon}"));
    }

    private sealed record Sample(
        IReadOnlyList<IndexLine> Indexes,
        double EnqueuedPerSecond,
        double AppliedPerSecond,
        string? VacuumHeldBackBy,
        double? VacuumHeldBackSeconds)
    {
        public static Sample Of(QueueSample queue, QueueReader.Traffic before, QueueReader.Traffic now)
        {
            var (enqueued, applied) = now.RatesSince(before);
            return new(
                [
                    .. queue.Indexes.Select(i => new IndexLine(
                        i.Table, i.Index, i.Lag.TotalSeconds, i.Pending, i.Quarantined, i.Backfill)),
                ],
                enqueued,
                applied,
                queue.Horizon?.Holder,
                queue.Horizon?.Age?.TotalSeconds);
        }
    }

    private sealed record IndexLine(
        string Table, string Index, double LagSeconds, long Pending, long Quarantined, double? Backfill);
}
