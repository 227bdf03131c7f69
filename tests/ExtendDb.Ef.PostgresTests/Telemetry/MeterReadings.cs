using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using ExtendDb.Ef.Telemetry;

namespace ExtendDb.Ef.PostgresTests.Telemetry;

/// <summary>Listens to the meters of the queue, of the items and of streams, and keeps what is said of one database.</summary>
internal sealed class MeterReadings : IDisposable
{
    private readonly string _database;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Reading> _readings = [];
    private readonly ConcurrentDictionary<string, (Type Kind, string? Unit)> _instruments = [];

    public MeterReadings(string database)
    {
        _database = database;
        RuntimeHelpers.RunClassConstructor(typeof(GsiMetrics).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(ItemMetrics).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(StreamMetrics).TypeHandle);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is GsiMetrics.MeterName or ItemMetrics.MeterName or StreamMetrics.MeterName)
            {
                _instruments[instrument.Name] = (instrument.GetType().GetGenericTypeDefinition(), instrument.Unit);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyDictionary<string, (Type Kind, string? Unit)> Instruments => _instruments;

    public IReadOnlyCollection<Reading> All => _readings;

    /// <summary>Returns all values of an instrument, of one index or of any.</summary>
    public List<double> Values(string instrument, string? index = null) =>
    [
        .. _readings.Where(r => r.Instrument == instrument && (index is null || Equals(r.Tags.GetValueOrDefault("index"), index)))
            .Select(r => r.Value),
    ];

    /// <summary>Returns the values that a tag of an instrument had, one for each measurement.</summary>
    public List<object?> Tags(string instrument, string tag) =>
        [.. _readings.Where(r => r.Instrument == instrument).Select(r => r.Tags[tag])];

    /// <summary>Reads a gauge now; null when it has no value.</summary>
    public double? Gauge(string instrument, string? index = null)
    {
        _readings.Clear();
        _listener.RecordObservableInstruments();
        return Values(instrument, index) is [.., var last] ? last : null;
    }

    public void Dispose() => _listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var all = new Dictionary<string, object?>(tags.ToArray(), StringComparer.Ordinal);
        if (Equals(all.GetValueOrDefault("db.namespace"), _database))
        {
            _readings.Enqueue(new(instrument.Name, value, all));
        }
    }

    internal sealed record Reading(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);
}
