using System.Collections.Concurrent;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Several drivers at once, each of whom writes its own parcels in all ways there are, and reads them.</summary>
internal sealed class ParcelLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<AttributeMap, long> _begun = new();
    private readonly Task _driving;

    private ParcelLoad(IExtendDb db, int drivers, int first, int seed, Ledger ledger, SavedParcels? saved)
    {
        Ledger = ledger;
        var driving = Enumerable.Range(first, drivers).Select(number =>
        {
            var driver = new Driver(db, number, new Random(seed + number), ledger, _begun, saved);
            return Task.Run(() => driver.RunAsync(_stop.Token));
        });
        _driving = Task.WhenAll([.. driving]);
    }

    public Ledger Ledger { get; }

    /// <summary>Gets how it went, for a test's output.</summary>
    public string Counts =>
        $"{Ledger.Acknowledged} writes acknowledged, {Ledger.Unanswered} not{Environment.NewLine}{Ledger.FaultsMet}";

    /// <summary>Gets what a sampler compares with.</summary>
    public SampledIndex Sampled => Parcels.Sampled(key => _begun.GetValueOrDefault(key));

    /// <summary>Starts some drivers.</summary>
    /// <param name="db">Through which they write.</param>
    /// <param name="drivers">How many.</param>
    /// <param name="seed">Of all they do.</param>
    /// <param name="first">The number of the first of them; no other load has one of theirs.</param>
    /// <param name="ledger">Where they note what they wrote; null for a new one.</param>
    /// <param name="saved">Through which they also write by contexts; null for operations alone.</param>
    public static ParcelLoad Start(
        IExtendDb db, int drivers, int seed, int first = 1, Ledger? ledger = null, SavedParcels? saved = null) =>
        new(db, drivers, first, seed, ledger ?? new(), saved);

    /// <summary>Gets whether no driver writes any more; <see cref="StopAsync"/> says why.</summary>
    public bool HasEnded => _driving.IsCompleted;

    /// <summary>Waits until some more writes are acknowledged.</summary>
    public async Task WritesOnAsync(int more)
    {
        var before = Ledger.Acknowledged;
        await Waiting.UntilAsync(
            () => _driving.IsCompleted || Ledger.Acknowledged >= before + more, $"{more} more writes are acknowledged");
    }

    /// <summary>Lets every driver end what it is at.</summary>
    /// <exception cref="InvalidOperationException">A driver read what cannot be there.</exception>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _driving;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_driving);
        _stop.Dispose();
    }
}
