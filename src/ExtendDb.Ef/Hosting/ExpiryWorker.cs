using ExtendDb.Ef.Operations.TimeToLive;
using ExtendDb.Ef.Runtime;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Hosting;

/// <summary>Deletes expired items in the background.</summary>
/// <param name="runtime">The runtime of the database.</param>
/// <param name="extendDb">The operations of the registration, which delete the items.</param>
/// <param name="logger">The logger for deletions and failures.</param>
internal sealed class ExpiryWorker(ExtendDbRuntime runtime, IExtendDb extendDb, ILogger<ExpiryWorker> logger)
    : BackgroundLoop(runtime, logger)
{
    private readonly ExpiredItemSweeper _sweep = new(runtime, extendDb, logger);

    protected override bool IsEnabled => Runtime.Options is { Propagation.Enabled: true, TimeToLive.Enabled: true };

    protected override async Task StepAsync(CancellationToken stopping)
    {
        var outcome = await _sweep.RunAsync(stopping);
        if (outcome is { Deleted: > 0 })
        {
            TimeToLiveLog.Deleted(Logger, outcome.Deleted, outcome.Table);
        }

        if (outcome is null)
        {
            // The database keeps the time of each table's next sweep, so this pause only limits how late a sweep
            // begins.
            await WaitAsync(Runtime.Options.TimeToLive.SweepInterval / 4, stopping);
        }
    }
}
