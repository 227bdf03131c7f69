using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Hosting;

/// <summary>
/// Compares all indexes with their items at intervals, and reports differences to the meter and the log.
/// </summary>
internal sealed class VerificationWorker(ExtendDbRuntime runtime, ILogger<VerificationWorker> logger)
    : BackgroundLoop(runtime, logger)
{
    protected override bool IsEnabled => Runtime.Options.Verification.Interval is not null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await base.ExecuteAsync(stoppingToken);
        }
        finally
        {
            GsiMetrics.ForgetVerified(Runtime);
        }
    }

    protected override async Task StepAsync(CancellationToken stopping)
    {
        await WaitAsync(Runtime.Options.Verification.Interval!.Value, stopping);
        await VerifyAsync(stopping);
    }

    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        var found = new List<VerifiedIndex>();
        try
        {
            var definitions = await Runtime.Definitions.GetAsync(cancellationToken);
            foreach (var table in definitions.Tables)
            {
                foreach (var index in table.Indexes)
                {
                    found.Add(await VerifyAsync(table, index, cancellationToken));
                }
            }
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            IndexLog.NotVerified(Logger, failed);
        }

        Report(Runtime, found);
    }

    /// <summary>Reports the result of a verification of all indexes to the gauges.</summary>
    internal static void Report(ExtendDbRuntime runtime, IEnumerable<VerifiedIndex> found) => GsiMetrics.Verified(
        runtime, new(runtime.Name, [.. found.Select(index => (index.Table, index.Index, index.Divergent))]));

    private async Task<VerifiedIndex> VerifyAsync(
        TableDefinition table, IndexDefinition index, CancellationToken cancellationToken)
    {
        var counts = new VerifiedIndex(table.Name, index.Name, index.Id);
        await foreach (var range in IndexVerification.RangesAsync(Runtime, table, index, from: null, cancellationToken))
        {
            counts.Add(range);
            await WaitAsync(
                TimeSpan.FromSeconds(range.Size / (double)Runtime.Options.Verification.ItemsPerSecond), cancellationToken);
        }

        if (counts.Divergent > 0)
        {
            IndexLog.Divergent(Logger, counts.Divergent, index.Name, table.Name);
        }

        return counts;
    }
}
