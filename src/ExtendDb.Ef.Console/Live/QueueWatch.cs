using ExtendDb.Ef.Backpressure;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.WebConsole.Live;

/// <summary>Samples the queue from the first look at it until some time after the last one, and keeps the last hour.</summary>
/// <remarks>
/// A sample reads the whole queue, so the pause after a sample grows with its duration: sampling takes a twentieth of the time of one
/// connection at most. Of indexes that were idle for the hour nothing is kept, and of others at most <see cref="MostKept"/>.
/// </remarks>
internal sealed class QueueWatch(
    ExtendDbRuntime runtime, IOptions<ExtendDbConsoleOptions> options, ILogger<QueueWatch> logger) : IAsyncDisposable
{
    private const int MostKept = 500;
    private static readonly TimeSpan WhileWatched = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Otherwise = TimeSpan.FromSeconds(5);

    // Long enough for a difference of the counters, which the server updates once a second.
    private static readonly TimeSpan FirstDifference = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _looked = new(0);
    private readonly Dictionary<(string Table, string Index), IndexHour> _hours = [];
    private Task? _sampling;
    private int _lookers;
    private long _lastLook;

    /// <summary>Occurs after each sample, and when one has failed.</summary>
    public event Action? Sampled;

    /// <summary>Gets the last sample; null before the first one, and when the last try failed.</summary>
    public QueueState? Now { get; private set; }

    /// <summary>Gets why the last try failed; null when it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Gets the last hour of the enqueued markers a second.</summary>
    public HourSeries Enqueued { get; } = new();

    /// <summary>Gets the last hour of the applied markers a second.</summary>
    public HourSeries Applied { get; } = new();

    /// <summary>Begins a look at the queue, which is sampled every second until the look is disposed.</summary>
    public IDisposable Look()
    {
        lock (_lock)
        {
            Interlocked.Increment(ref _lookers);
            _sampling ??= Task.Run(() => SampleAllAsync(_stop.Token));
            _looked.Release();
        }

        return new Looker(this);
    }

    /// <summary>Returns the points of charts of one index: its lag in seconds, and its pending markers.</summary>
    public (List<KeyValuePair<DateTime, double>> Lag, List<KeyValuePair<DateTime, double>> Pending) HourOf(string table, string index)
    {
        lock (_lock)
        {
            return _hours.TryGetValue((table, index), out var hour) ? (hour.Lag.Points(), hour.Pending.Points()) : ([], []);
        }
    }

    /// <summary>Returns the points of the charts of all markers.</summary>
    public (List<KeyValuePair<DateTime, double>> Enqueued, List<KeyValuePair<DateTime, double>> Applied) Traffic()
    {
        lock (_lock)
        {
            return (Enqueued.Points(), Applied.Points());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_sampling is { } sampling)
        {
            await sampling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
        _looked.Dispose();
    }

    private async Task SampleAllAsync(CancellationToken stopping)
    {
        QueueReader.Traffic? before = null;
        while (!stopping.IsCancellationRequested)
        {
            if (IsForgotten())
            {
                await _looked.WaitAsync(stopping);
                before = null;
            }

            var took = TimeSpan.Zero;
            try
            {
                // The first sample is slow because everything is new, and says nothing about the next one.
                var isFirst = before is null;
                before ??= await FirstTrafficAsync(stopping);
                var began = runtime.Time.GetTimestamp();
                before = await SampleAsync(before.Value, stopping);
                took = isFirst ? TimeSpan.Zero : runtime.Time.GetElapsedTime(began);
            }
            catch (Exception failed) when (!stopping.IsCancellationRequested)
            {
                (Now, Failure, before) = (null, failed.Message, null);
                ConsoleLog.NotSampled(logger, failed);
            }

            Sampled?.Invoke();
            var pause = DutyCycle.Of(took, Volatile.Read(ref _lookers) > 0 ? WhileWatched : Otherwise);

            // A new looker ends the long pause, and must not make a long sample follow at once on another.
            if (pause <= Otherwise)
            {
                await _looked.WaitAsync(pause, stopping);
                while (_looked.CurrentCount > 0)
                {
                    await _looked.WaitAsync(stopping);
                }
            }
            else
            {
                await Task.Delay(pause, runtime.Time, stopping);
            }
        }
    }

    private void Looked()
    {
        Volatile.Write(ref _lastLook, runtime.Time.GetTimestamp());
        Interlocked.Decrement(ref _lookers);
    }

    private bool IsForgotten() => Volatile.Read(ref _lookers) == 0
        && runtime.Time.GetElapsedTime(Volatile.Read(ref _lastLook)) > options.Value.KeepSampling;

    private async Task<QueueReader.Traffic> FirstTrafficAsync(CancellationToken cancellationToken)
    {
        var first = await QueueReader.ReadTrafficAsync(runtime, cancellationToken);
        await Task.Delay(FirstDifference, runtime.Time, cancellationToken);
        return first;
    }

    private async Task<QueueReader.Traffic> SampleAsync(QueueReader.Traffic before, CancellationToken cancellationToken)
    {
        var sample = await QueueReader.SampleAsync(runtime, cancellationToken);
        var traffic = await QueueReader.ReadTrafficAsync(runtime, cancellationToken);
        var (enqueued, applied) = traffic.RatesSince(before);
        var now = runtime.Time.GetUtcNow();
        Keep(now, sample, enqueued, applied);
        (Now, Failure) = (new(now, sample, enqueued, applied, await SlowedAsync(sample, cancellationToken)), null);
        return traffic;
    }

    private void Keep(DateTimeOffset now, QueueSample sample, double enqueued, double applied)
    {
        lock (_lock)
        {
            Enqueued.Add(now, enqueued);
            Applied.Add(now, applied);
            foreach (var index in sample.Indexes)
            {
                var name = (index.Table, index.Index);
                var isIdle = index is { Pending: 0, Lag.Ticks: 0 };
                if (!_hours.TryGetValue(name, out var hour) && !isIdle && _hours.Count < MostKept)
                {
                    _hours[name] = hour = new(Enqueued);
                }

                hour?.Lag.Add(now, index.Lag.TotalSeconds);
                hour?.Pending.Add(now, index.Pending);
            }

            if (_hours.Count == MostKept)
            {
                Forget(sample);
            }
        }
    }

    private void Forget(QueueSample sample)
    {
        var there = sample.Indexes.Select(index => (index.Table, index.Index)).ToHashSet();
        foreach (var (name, hour) in _hours)
        {
            if (!there.Contains(name) || (hour.Lag.IsIdle && hour.Pending.IsIdle))
            {
                _hours.Remove(name);
            }
        }
    }

    private async Task<List<(string Table, BackpressureState State)>> SlowedAsync(
        QueueSample sample, CancellationToken cancellationToken)
    {
        if (sample.Indexes.All(index => index.Lag == TimeSpan.Zero))
        {
            return [];
        }

        var definitions = await runtime.Definitions.GetAsync(cancellationToken);
        var lag = await runtime.Lag.RecentAsync(cancellationToken);
        return
        [
            .. sample.Indexes.Where(index => index.Lag > TimeSpan.Zero).Select(index => index.Table).Distinct()
                .Select(definitions.Find).OfType<Model.TableDefinition>()
                .Select(table => (table.Name, State: runtime.Backpressure.StateOf(table, lag)))
                .Where(table => table.State is { Helps: true } or { IsRefused: true } or { Delay.TotalMilliseconds: >= 1 }),
        ];
    }

    private sealed class Looker(QueueWatch watch) : IDisposable
    {
        private bool _isDisposed;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isDisposed, true))
            {
                watch.Looked();
            }
        }
    }
}
