using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Propagation;

/// <summary>One loop of the worker: applies a batch, then waits until the next batch can find markers.</summary>
/// <param name="logger">The log for entries that went into quarantine.</param>
internal sealed class MarkerLoop(ExtendDbRuntime runtime, ILogger logger)
{
    // A batch costs about the same for one marker as for many: markers that come within a moment share one. A loop that
    // is behind starts its next batch at once, however small the last one was.
    private const int FewMarkers = 100;
    private static readonly TimeSpan AfterFew = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan FirstRecheck = TimeSpan.FromMilliseconds(1);

    private readonly PropagationOptions _options = runtime.Options.Propagation;

    // The wait while no marker is due.
    private readonly PollPause _idle = new(runtime.Options.Propagation);

    // The wait while a marker is due that the last batch did not get; doubles up to MinPollInterval.
    private TimeSpan _recheck = FirstRecheck;
    private long? _wokenAt;

    /// <summary>Gets the sizer of this loop's batches.</summary>
    public BatchSizer Pace { get; } = new(runtime.Options.Propagation.MaxBatchSize);

    /// <summary>Applies a batch, then waits for the next one.</summary>
    /// <param name="batches">Cancels a batch that is running.</param>
    /// <param name="stopping">Cancels the wait after the batch.</param>
    public async Task StepAsync(CancellationToken batches, CancellationToken stopping)
    {
        var outcome = await runtime.Batches.ApplyDueAsync(Pace, batches);
        if (_wokenAt is { } at && outcome.Markers > 0)
        {
            GsiMetrics.WakeToClaim(runtime.Name, runtime.Time.GetElapsedTime(at, outcome.ClaimedAt));
        }

        _wokenAt = null;
        if (outcome.Quarantined > 0)
        {
            PropagationLog.Quarantined(logger, outcome.Quarantined);
        }

        await (outcome.Markers > 0 ? RestAsync(outcome, stopping) : WaitForMarkersAsync(batches, stopping));
    }

    private async Task RestAsync(BatchOutcome outcome, CancellationToken stopping)
    {
        _idle.Reset();
        _recheck = FirstRecheck;
        if (outcome.Markers < FewMarkers && outcome.Late < Behind)
        {
            await Task.Delay(AfterFew, runtime.Time, stopping);
        }
    }

    private async Task WaitForMarkersAsync(CancellationToken batches, CancellationToken stopping)
    {
        var next = await runtime.Batches.UntilNextAsync(batches);
        if (next <= TimeSpan.Zero)
        {
            // A marker became due a moment after this loop had scanned the queue, or another loop has its slot.
            await runtime.Signal.WaitAsync(_recheck, stopping);
            _recheck = _recheck * 2 < _options.MinPollInterval ? _recheck * 2 : _options.MinPollInterval;
            return;
        }

        var woken = await runtime.Signal.WaitAsync(next < _idle.Current ? next.Value : _idle.Current, stopping);
        _wokenAt = woken ? runtime.Time.GetTimestamp() : null;
        _recheck = FirstRecheck;
        if (woken)
        {
            _idle.Reset();
        }
        else
        {
            _idle.Lengthen();
        }
    }
}
