using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using ExtendDb.Ef.TimeToLive;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExtendDb.Ef.Propagation;

/// <summary>Brings the global indexes up to date in the background, with several loops.</summary>
/// <remarks>
/// It also fills new indexes, finishes the deletion of tables and indexes, and deletes expired items. No connection is
/// held while a loop waits. Stopping lets running batches end, and cancels them after 4 s.
/// </remarks>
internal sealed class PropagationWorker<TContext>(
    IDbContextFactory<TContext> contexts, ILogger<PropagationWorker<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);

    // A batch costs about the same for one marker as for many: what comes within a moment shares one. Who is behind does not
    // wait for more, be the batch as small as it may.
    private const int FewMarkers = 100;
    private static readonly TimeSpan AfterFew = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan SoonAgain = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(50);

    private ExtendDbRuntime? _runtime;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _runtime?.CloseIdleConnections();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var runtime = _runtime = await ExtendDbRuntime.OfAsync(contexts, stoppingToken);
        var options = runtime.Options.Propagation;
        if (!options.Enabled)
        {
            return;
        }

        using var cancelBatches = new CancellationTokenSource();
        await using var cancelLater = stoppingToken.Register(() => cancelBatches.CancelAfter(StopWithin));
        PropagationLog.Started(logger, options.Loops);
        await Task.WhenAll(
        [
            .. Enumerable.Range(0, options.Loops).Select(_ => ApplyMarkersAsync(runtime, cancelBatches.Token, stoppingToken)),
            DeleteTablesAsync(runtime, cancelBatches.Token, stoppingToken),
            ChangeIndexesAsync(runtime, stoppingToken),
            runtime.Options.TimeToLive.Enabled ? SweepAsync(runtime, stoppingToken) : Task.CompletedTask,
        ]);
        PropagationLog.Stopped(logger);
    }

    private async Task ApplyMarkersAsync(ExtendDbRuntime runtime, CancellationToken batches, CancellationToken stopping)
    {
        var options = runtime.Options.Propagation;
        var pace = new BatchPace(options.MaxBatchSize);
        var idle = options.MinPollInterval;
        var again = SoonAgain;
        long? wokenAt = null;
        await RepeatAsync(runtime, pace, async () =>
        {
            var outcome = await runtime.Batches.ApplyDueAsync(pace, batches);
            if (wokenAt is { } at && outcome.Markers > 0)
            {
                GsiMetrics.WakeToClaim(runtime, runtime.Options.TimeProvider.GetElapsedTime(at, outcome.ClaimedAt));
            }

            wokenAt = null;
            if (outcome.Quarantined > 0)
            {
                PropagationLog.Quarantined(logger, outcome.Quarantined);
            }

            if (outcome.Markers > 0)
            {
                (idle, again) = (options.MinPollInterval, SoonAgain);
                if (outcome.Markers < FewMarkers && outcome.Late < Behind)
                {
                    await Task.Delay(AfterFew, runtime.Options.TimeProvider, stopping);
                }

                return;
            }

            var next = await runtime.Batches.UntilNextAsync(batches);
            if (next <= TimeSpan.Zero)
            {
                // It became due a moment after this loop had looked, or is in the hands of another one.
                await runtime.WakeUp.WaitAsync(again, stopping);
                again = again * 2 < options.MinPollInterval ? again * 2 : options.MinPollInterval;
                return;
            }

            var woken = await runtime.WakeUp.WaitAsync(next < idle ? next.Value : idle, stopping);
            wokenAt = woken ? runtime.Options.TimeProvider.GetTimestamp() : null;
            again = SoonAgain;
            idle = woken ? options.MinPollInterval
                : idle * 2 < options.MaxPollInterval ? idle * 2
                : options.MaxPollInterval;
        }, stopping);
    }

    private async Task DeleteTablesAsync(ExtendDbRuntime runtime, CancellationToken batches, CancellationToken stopping) =>
        await RepeatAsync(runtime, pace: null, async () =>
        {
            var definitions = await runtime.Definitions.GetAsync(batches);
            foreach (var table in definitions.Tables.Where(t => t.Status == TableStatus.DELETING))
            {
                if (await TableDeletion.RunAsync(runtime, table, stopping))
                {
                    PropagationLog.TableDeleted(logger, table.Name);
                }
            }

            await Task.Delay(runtime.Options.CatalogPollInterval, runtime.Options.TimeProvider, stopping);
        }, stopping);

    private async Task SweepAsync(ExtendDbRuntime runtime, CancellationToken stopping)
    {
        var sweep = new Sweep(
            runtime, new ExtendDbOperations(contexts.CreateDbContext, ownsContexts: true), logger);
        await RepeatAsync(runtime, pace: null, async () =>
        {
            var outcome = await sweep.RunAsync(stopping);
            if (outcome is { Deleted: > 0 })
            {
                TimeToLiveLog.Deleted(logger, outcome.Deleted, outcome.Table);
            }

            if (outcome is null)
            {
                // Whose turn it is stands in the database, so this is only how late a turn can be taken.
                await Task.Delay(
                    runtime.Options.TimeToLive.SweepInterval / 4, runtime.Options.TimeProvider, stopping);
            }
        }, stopping);
    }

    private async Task ChangeIndexesAsync(ExtendDbRuntime runtime, CancellationToken stopping)
    {
        var changes = new IndexChanges(runtime, logger);
        await RepeatAsync(runtime, pace: null, async () =>
        {
            var soon = await changes.StepAsync(stopping);
            await Task.Delay(
                soon ? BetweenSteps : runtime.Options.CatalogPollInterval, runtime.Options.TimeProvider, stopping);
        }, stopping);
    }

    /// <summary>Repeats a step until the host stops; a step that fails is logged and tried again, later each time.</summary>
    private async Task RepeatAsync(ExtendDbRuntime runtime, BatchPace? pace, Func<Task> step, CancellationToken stopping)
    {
        var failures = 0;
        var longest = runtime.Options.Propagation.MaxPollInterval;
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
            catch (Exception passing) when (SqlErrors.IsTransient(passing))
            {
                pace?.Failed(carefully: false);
                PropagationLog.TransientFailure(logger, (int)Delay(failures, longest).TotalMilliseconds, passing);
            }
            catch (PostgresException refused) when (pace is { Careful: false })
            {
                pace.Failed(carefully: true);
                PropagationLog.Bisecting(logger, refused);
                continue;
            }
            catch (Exception unexpected)
            {
                pace?.Failed(carefully: false);
                PropagationLog.LoopFailure(logger, (int)Delay(failures, longest).TotalMilliseconds, unexpected);
            }

            try
            {
                await Task.Delay(Delay(failures++, longest), runtime.Options.TimeProvider, stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // 50 ms, doubled with each failure up to a poll interval, so that a worker goes on as soon as it can; and up to half as much
    // again, so that many do not come back together.
    private static TimeSpan Delay(int failures, TimeSpan longest)
    {
        var delay = TimeSpan.FromMilliseconds(50 * Math.Pow(2, Math.Min(failures, 12)));
        return (delay < longest ? delay : longest) * (1 + Random.Shared.NextDouble() / 2);
    }
}
