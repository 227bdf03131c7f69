using System.Globalization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Reads one partition of an index again and again while the load runs, as an impatient user would.</summary>
/// <remarks>
/// Each item carries a counter that its one writer raises with every change, deletions included. What the reader has seen of
/// a key never goes back: the counter does not sink, and an entry that was seen and is gone comes back only with a higher
/// one. An entry is never newer than what its writer has begun to write. Up to 100 entries are read by one statement, so
/// what is not there is missing, not overlooked.
/// </remarks>
internal sealed class IndexSampler : IAsyncDisposable
{
    private const int MostEntries = 100;
    private readonly IExtendDb _db;
    private readonly SampledIndex _index;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private Dictionary<AttributeMap, Seen> _seen = [];
    private int _lives;
    private int _samples;

    private IndexSampler(IExtendDb db, SampledIndex index)
    {
        _db = db;
        _index = index;
        _reading = Task.Run(RunAsync);
    }

    /// <summary>Gets how many times the partition was read.</summary>
    public int Samples => Volatile.Read(ref _samples);

    /// <summary>Gets how many entries were seen to change or to go; without any there was nothing to see.</summary>
    public int Changes { get; private set; }

    /// <summary>Gets how it went, for a test's output.</summary>
    public string Counts => $"{Samples} samples with {Changes} changes";

    /// <summary>Gets whether it has found what must not be.</summary>
    public bool HasEnded => _reading.IsCompleted;

    public static IndexSampler Start(IExtendDb db, SampledIndex index) => new(db, index);

    /// <summary>Forgets what was seen: the server has lost what was not yet on its disk, or is another one.</summary>
    public void StartAnew() => Interlocked.Increment(ref _lives);

    /// <summary>Waits until a change was seen; the load must still run.</summary>
    public async Task SeesChangesAsync() => await Waiting.UntilAsync(
        () => HasEnded || Changes > 0, "the sampler has seen a change");

    /// <summary>Ends the reading.</summary>
    /// <exception cref="InvalidOperationException">An entry went back, came back, or was newer than its item.</exception>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_reading);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var life = Volatile.Read(ref _lives);

        // Not as fast as it can: the processes that are watched need the processor too.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!_stop.IsCancellationRequested)
        {
            await pace.WaitForNextTickAsync();
            IReadOnlyList<AttributeMap> entries;
            try
            {
                var page = await _db.QueryAsync(_index.Request, CancellationToken.None);
                entries = page.Items;
            }
            catch (Exception fault) when (Faults.IsOfTheServer(fault))
            {
                continue;
            }

            var now = Volatile.Read(ref _lives);
            if (now != life)
            {
                // Nobody can tell whether this page is from before.
                life = now;
                _seen = [];
                continue;
            }

            Compare(entries);
            Interlocked.Increment(ref _samples);
        }
    }

    private void Compare(IReadOnlyList<AttributeMap> entries)
    {
        if (entries.Count > MostEntries)
        {
            throw new InvalidOperationException($"{entries.Count} entries are not read by one statement.");
        }

        var now = entries.ToDictionary(_index.Key, Counter);
        foreach (var (key, counter) in now)
        {
            var begun = _index.Begun(key);
            if (counter > begun)
            {
                throw new InvalidOperationException($"{key} shows {counter} and is only written up to {begun}.");
            }

            if (_seen.TryGetValue(key, out var seen) && (counter < seen.Counter || (seen.Gone && counter == seen.Counter)))
            {
                throw new InvalidOperationException(seen.Gone
                    ? $"{key} came back with {counter}, it had gone after {seen.Counter}."
                    : $"{key} went back from {seen.Counter} to {counter}.");
            }

            Changes += seen is not null && counter > seen.Counter ? 1 : 0;
            _seen[key] = new(counter, Gone: false);
        }

        foreach (var (key, seen) in _seen.Where(seen => !seen.Value.Gone && !now.ContainsKey(seen.Key)).ToList())
        {
            Changes++;
            _seen[key] = seen with { Gone = true };
        }
    }

    private long Counter(AttributeMap entry) =>
        long.Parse(((AttributeValue.N)entry[_index.Counter]).Value.ToString(), CultureInfo.InvariantCulture);

    private sealed record Seen(long Counter, bool Gone);
}
