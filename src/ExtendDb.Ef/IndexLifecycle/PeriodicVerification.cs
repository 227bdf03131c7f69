using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Compares all indexes with their items again and again, slowly, and tells the meter and the log what it finds.</summary>
internal sealed class PeriodicVerification<TContext>(
    IDbContextFactory<TContext> contexts, ILogger<PeriodicVerification<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var runtime = await ExtendDbRuntime.OfAsync(contexts, stoppingToken);
        if (runtime.Options.Verification.Interval is not { } interval)
        {
            return;
        }

        try
        {
            while (true)
            {
                await Task.Delay(interval, runtime.Options.TimeProvider, stoppingToken);
                await VerifyAsync(runtime, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            GsiMetrics.ForgetVerified(runtime);
        }
    }

    private async Task VerifyAsync(ExtendDbRuntime runtime, CancellationToken cancellationToken)
    {
        var found = new List<VerifiedIndex>();
        try
        {
            var definitions = await runtime.Definitions.GetAsync(cancellationToken);
            foreach (var table in definitions.Tables.Where(t => t.Status == TableStatus.ACTIVE))
            {
                foreach (var index in table.Indexes)
                {
                    found.Add(await VerifyAsync(runtime, table, index, cancellationToken));
                }
            }
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            IndexLog.NotVerified(logger, failed);
        }

        GsiMetrics.Verified(runtime, found);
    }

    private async Task<VerifiedIndex> VerifyAsync(
        ExtendDbRuntime runtime, TableDefinition table, IndexDefinition index, CancellationToken cancellationToken)
    {
        var counts = new VerifiedIndex(table.Name, index.Name, index.Id);
        await foreach (var range in IndexVerification.RangesAsync(runtime, table, index, from: null, cancellationToken))
        {
            counts.Add(range);
            await Task.Delay(
                TimeSpan.FromSeconds(range.Size / (double)runtime.Options.Verification.ItemsPerSecond),
                runtime.Options.TimeProvider,
                cancellationToken);
        }

        if (counts.Divergent > 0)
        {
            IndexLog.Divergent(logger, counts.Divergent, index.Name, table.Name);
        }

        return counts;
    }
}
