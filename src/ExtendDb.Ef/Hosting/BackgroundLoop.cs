using ExtendDb.Ef.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Hosting;

/// <summary>
/// Repeats a step until the host stops; after each failure the loop logs the error and waits longer before the next
/// step.
/// </summary>
/// <remarks>The loop holds no connection while it waits.</remarks>
/// <param name="runtime">The runtime of the database.</param>
/// <param name="logger">The logger for failures.</param>
internal abstract class BackgroundLoop(ExtendDbRuntime runtime, ILogger logger) : BackgroundService
{
    protected ExtendDbRuntime Runtime { get; } = runtime;

    protected ILogger Logger { get; } = logger;

    /// <summary>Gets whether the options enable this service; a disabled service ends at once.</summary>
    protected abstract bool IsEnabled { get; }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        IsEnabled ? RepeatAsync(() => StepAsync(stoppingToken), stoppingToken) : Task.CompletedTask;

    /// <summary>Does the work that is there now, and waits until there may be more.</summary>
    protected virtual Task StepAsync(CancellationToken stopping) => Task.CompletedTask;

    protected Task WaitAsync(TimeSpan time, CancellationToken stopping) => Task.Delay(time, Runtime.Time, stopping);

    /// <summary>Repeats a step until the host stops.</summary>
    /// <param name="step">The step.</param>
    /// <param name="stopping">Ends the loop.</param>
    /// <param name="refused">
    /// Receives the exception of a failed step; returns true when the step can be repeated at once in another way.
    /// </param>
    protected async Task RepeatAsync(
        Func<Task> step, CancellationToken stopping, Func<Exception, bool>? refused = null)
    {
        var failures = 0;
        string? failed = null;
        var longest = Runtime.Options.Propagation.MaxPollInterval;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await step();
                failures = 0;
                if (failed is not null)
                {
                    LoopLog.GoesOn(Runtime, Logger, GetType().Name, failed);
                    failed = null;
                }

                continue;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (ObjectDisposedException) when (stopping.IsCancellationRequested)
            {
                // When a host fails to start, its data sources are disposed of while the services still run.
                return;
            }
            catch (Exception failure)
            {
                if (refused?.Invoke(failure) == true)
                {
                    continue;
                }

                var delay = Delay(failures++, longest);
                failed = LoopLog.Failed(Runtime, Logger, GetType().Name, delay, failure);
                try
                {
                    await WaitAsync(delay, stopping);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    // 50 ms at first, then twice as long after each failure up to the poll interval, so that a short failure delays the
    // loop little; and up to half as much more, so that the loops of many processes do not return at the same time.
    private static TimeSpan Delay(int failures, TimeSpan longest)
    {
        var delay = TimeSpan.FromMilliseconds(50 * Math.Pow(2, Math.Min(failures, 12)));
        return (delay < longest ? delay : longest) * (1 + Random.Shared.NextDouble() / 2);
    }
}
