using System.Collections.Concurrent;
using ExtendDb.Ef.Attributes;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Several drivers at once, each of whom writes its own parcels in all ways there are, and reads them back.</summary>
internal sealed class ParcelLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<AttributeMap, long> _begun = new();
    private readonly Task _driving;

    private ParcelLoad(IExtendDb db, int drivers, int seed, Ledger ledger)
    {
        Ledger = ledger;
        var driving = Enumerable.Range(1, drivers).Select(number =>
        {
            var driver = new Driver(db, number, new Random(seed + number), ledger, _begun);
            return Task.Run(() => driver.RunAsync(_stop.Token));
        });
        _driving = Task.WhenAll([.. driving]);
    }

    public Ledger Ledger { get; }

    /// <summary>Gets what a sampler compares with.</summary>
    public SampledIndex Sampled => Parcels.Sampled(key => _begun.GetValueOrDefault(key));

    public static ParcelLoad Start(IExtendDb db, int drivers, int seed, Ledger? ledger = null) =>
        new(db, drivers, seed, ledger ?? new());

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
