using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Hosting;

/// <summary>
/// Fills new indexes, applies new delays, deletes the rows of removed tables and indexes, and tries quarantined entries
/// again.
/// </summary>
internal sealed class IndexWorker(ExtendDbRuntime runtime, ILogger<IndexWorker> logger) : BackgroundLoop(runtime, logger)
{
    // An entry pauses for a minute at least.
    private static readonly TimeSpan BetweenRetries = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(50);

    protected override bool IsEnabled => Runtime.Options.Propagation.Enabled;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsEnabled)
        {
            return Task.CompletedTask;
        }

        var changes = new IndexLifecycleSteps(Runtime, Logger);
        var removed = new RemovedRows(Runtime, Logger);
        return Task.WhenAll(
            RepeatAsync(() => ChangeIndexesAsync(changes, stoppingToken), stoppingToken),
            RepeatAsync(() => DeleteRowsAsync(removed, stoppingToken), stoppingToken),
            RepeatAsync(() => RetryQuarantinedAsync(stoppingToken), stoppingToken));
    }

    private async Task ChangeIndexesAsync(IndexLifecycleSteps changes, CancellationToken stopping)
    {
        var soon = await changes.StepAsync(stopping);
        await WaitAsync(soon ? BetweenSteps : Runtime.Options.CatalogPollInterval, stopping);
    }

    private async Task RetryQuarantinedAsync(CancellationToken stopping)
    {
        await Quarantine.EnqueueDueAsync(Runtime, stopping);
        await WaitAsync(BetweenRetries, stopping);
    }

    private async Task DeleteRowsAsync(RemovedRows removed, CancellationToken stopping)
    {
        await removed.StepAsync(stopping);
        await WaitAsync(Runtime.Options.CatalogPollInterval, stopping);
    }
}
