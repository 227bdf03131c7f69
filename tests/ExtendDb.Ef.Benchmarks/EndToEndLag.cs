using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>Collects what the worker of this process says of each item: how long after ready_at its entries were committed.</summary>
internal sealed class EndToEndLag : IDisposable
{
    private const string Meter = "ExtendDb.Gsi";
    private const string Instrument = "extenddb.gsi.end_to_end";

    private readonly MeterListener _listener = new()
    {
        InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == Instrument && instrument.Meter.Name == Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        },
    };

    private readonly ConcurrentQueue<(long At, double Ms)> _values = [];

    public EndToEndLag()
    {
        _listener.SetMeasurementEventCallback<double>(
            (_, seconds, _, _) => _values.Enqueue((Stopwatch.GetTimestamp(), seconds * 1_000)));
        _listener.Start();
    }

    /// <summary>Returns the milliseconds of each item that was applied since an instant, and forgets them.</summary>
    public List<double> Take(long from)
    {
        var taken = new List<double>();
        while (_values.TryDequeue(out var value))
        {
            if (value.At >= from)
            {
                taken.Add(value.Ms);
            }
        }

        return taken.Count > 0
            ? taken
            : throw new InvalidOperationException($"The instrument {Instrument} of {Meter} has said nothing.");
    }

    public void Dispose() => _listener.Dispose();
}
