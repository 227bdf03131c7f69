using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ExtendDb.Ef.Telemetry;

/// <summary>The meter <c>ExtendDb.Streams</c>, which measures the records of streams.</summary>
/// <remarks>Every value carries the name of the database. A worker reads it once a StreamOptions.TrimInterval.</remarks>
internal static class StreamMetrics
{
    public const string MeterName = "ExtendDb.Streams";

    private const string Consumer = "consumer";

    private static readonly Meter Meter = new(MeterName);

    private static readonly ConcurrentDictionary<object, StreamSample> Samples = [];

    private static readonly ObservableGauge<long> Size = Meter.CreateObservableGauge(
        "extenddb.streams.size",
        () => Samples.Values.Select(sample => new Measurement<long>(sample.SizeBytes, Of(sample.Database))),
        "By",
        "The size of all records that have a number.");

    private static readonly ObservableGauge<double> Oldest = Meter.CreateObservableGauge(
        "extenddb.streams.oldest",
        () => Samples.Values.Select(
            sample => new Measurement<double>(sample.OldestAge?.TotalSeconds ?? 0, Of(sample.Database))),
        "s",
        "The age of the oldest record.");

    private static readonly ConcurrentDictionary<object, (string Database, string Consumer, TimeSpan Lag)> Consumers = [];

    private static readonly ObservableGauge<double> ConsumerLag = Meter.CreateObservableGauge(
        "extenddb.streams.consumer.lag",
        () => Consumers.Values.Select(sample => new Measurement<double>(
            sample.Lag.TotalSeconds, Of(sample.Database), new KeyValuePair<string, object?>(Consumer, sample.Consumer))),
        "s",
        "For how long the oldest record that a consumer of this process has to handle has waited.");

    private static readonly ObservableGauge<long> Stopped = Meter.CreateObservableGauge(
        "extenddb.streams.consumer.stopped",
        () => OfConsumers(consumer => consumer.StoppedShards),
        "{shard}",
        "Shards in which a consumer has stopped.");

    private static readonly ObservableGauge<long> SetAside = Meter.CreateObservableGauge(
        "extenddb.streams.consumer.set_aside",
        () => OfConsumers(consumer => consumer.SetAside),
        "{record}",
        "Records that a consumer has set aside.");

    /// <summary>Keeps how far a consumer lags until its next look.</summary>
    public static void Lags(object owner, string database, string consumer, TimeSpan lag) =>
        Consumers[owner] = (database, consumer, lag);

    /// <summary>Removes a consumer that has stopped.</summary>
    public static void ForgetConsumer(object owner) => Consumers.TryRemove(owner, out _);

    /// <summary>Keeps a reading of the streams for the gauges until the next one.</summary>
    /// <param name="owner">The object that read the streams; two hosts of one database have two.</param>
    /// <param name="sample">The reading.</param>
    public static void Sampled(object owner, StreamSample sample) => Samples[owner] = sample;

    /// <summary>Removes the reading of an owner that no longer reads.</summary>
    public static void Forget(object owner) => Samples.TryRemove(owner, out _);

    private static IEnumerable<Measurement<long>> OfConsumers(Func<SampledConsumer, long> measure) =>
        from sample in Samples.Values
        from consumer in sample.Consumers
        select new Measurement<long>(measure(consumer), Of(sample.Database), new(Consumer, consumer.Name));

    private static KeyValuePair<string, object?> Of(string database) => new("db.namespace", database);
}
