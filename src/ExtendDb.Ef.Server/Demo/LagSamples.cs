using System.Diagnostics;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Server.Demo;

/// <summary>Reads the lag of the queue every 20 ms, and keeps the samples without a running worker apart.</summary>
internal sealed class LagSamples : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CaughtUp = TimeSpan.FromMilliseconds(100);
    private readonly List<TimeSpan> _served = [];
    private readonly List<TimeSpan> _outage = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sampling;
    private volatile bool _workerRuns = true;

    public LagSamples(ExtendDbRuntime runtime) => _sampling = SampleAsync(runtime);

    /// <summary>Gets the longest lag from the end of the worker until its successor had caught up.</summary>
    public TimeSpan LongestOutage => _outage.Count == 0 ? TimeSpan.Zero : _outage.Max();

    /// <summary>Returns the lag that a share of the samples with a running worker does not exceed.</summary>
    public TimeSpan Percentile(double share)
    {
        TimeSpan[] sorted = [.. _served.Order()];
        return sorted.Length == 0 ? TimeSpan.Zero : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }

    /// <summary>Sets whether a worker runs.</summary>
    public void WorkerRuns(bool runs) => _workerRuns = runs;

    /// <summary>Ends the sampling; the percentiles are final then.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task SampleAsync(ExtendDbRuntime runtime)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            for (var (count, caughtUp) = (1, true); ; count++)
            {
                var lag = (await runtime.Lag.ReadAsync(_stop.Token)).Most;
                caughtUp = _workerRuns && (caughtUp || lag < CaughtUp);
                (caughtUp ? _served : _outage).Add(lag);
                var next = Interval * (count + 1);
                await Task.Delay(next > clock.Elapsed ? next - clock.Elapsed : TimeSpan.FromMilliseconds(1), _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The sampling was cancelled.
        }
    }
}
