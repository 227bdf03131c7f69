using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Hosting;

/// <summary>Repeats a step until the host stops; a step that fails is logged and tried again, later each time.</summary>
/// <remarks>No connection is held while it waits.</remarks>
/// <param name="runtime">The runtime of the database.</param>
/// <param name="logger">Takes the failures.</param>
internal abstract class BackgroundLoop(ExtendDbRuntime runtime, ILogger logger) : BackgroundService
{
    protected ExtendDbRuntime Runtime { get; } = runtime;

    protected ILogger Logger { get; } = logger;

    /// <summary>Gets whether the options ask for this service; otherwise it ends at once.</summary>
    protected abstract bool IsEnabled { get; }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        IsEnabled ? RepeatAsync(() => StepAsync(stoppingToken), stoppingToken) : Task.CompletedTask;

    /// <summary>Does what there is to do now, and waits for as long as there is nothing more.</summary>
    protected virtual Task StepAsync(CancellationToken stopping) => Task.CompletedTask;

    protected Task WaitAsync(TimeSpan time, CancellationToken stopping) => Task.Delay(time, Runtime.Time, stopping);

    /// <summary>Repeats a step until the host stops.</summary>
    /// <param name="step">The step.</param>
    /// <param name="stopping">Ends it.</param>
    /// <param name="refused">Is told of a step that failed; returns whether it is tried again at once, in another way.</param>
    protected async Task RepeatAsync(
        Func<Task> step, CancellationToken stopping, Func<Exception, bool>? refused = null)
    {
        var failures = 0;
        var longest = Runtime.Options.Propagation.MaxPollInterval;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await step();
                failures = 0;
                continue;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (ObjectDisposedException) when (stopping.IsCancellationRequested)
            {
                // A host that fails to start is disposed of without being stopped, and its data sources with it.
                return;
            }
            catch (Exception failed)
            {
                if (refused?.Invoke(failed) == true)
                {
                    continue;
                }

                var delay = (int)Delay(failures, longest).TotalMilliseconds;
                if (SqlErrors.IsTransient(failed))
                {
                    PropagationLog.TransientFailure(Logger, delay, failed);
                }
                else
                {
                    PropagationLog.LoopFailure(Logger, delay, failed);
                }
            }

            try
            {
                await WaitAsync(Delay(failures++, longest), stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // 50 ms, doubled with each failure up to a poll interval, so that a loop goes on as soon as it can; and up to half as much
    // again, so that many do not come back together.
    private static TimeSpan Delay(int failures, TimeSpan longest)
    {
        var delay = TimeSpan.FromMilliseconds(50 * Math.Pow(2, Math.Min(failures, 12)));
        return (delay < longest ? delay : longest) * (1 + Random.Shared.NextDouble() / 2);
    }
}
