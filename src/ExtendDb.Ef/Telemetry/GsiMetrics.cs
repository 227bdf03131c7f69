using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ExtendDb.Ef.Telemetry;

/// <summary>The meter <c>ExtendDb.Gsi</c>, which measures the queue and the global indexes.</summary>
/// <remarks>
/// Every value carries the name of the database; a value of an index also carries the names of its table and the index.
/// Values that only the database knows, such as the length of the queue, are read by a hosted service while somebody
/// listens.
/// </remarks>
internal static class GsiMetrics
{
    public const string MeterName = "ExtendDb.Gsi";

    private const string Database = "db.namespace";
    private const string Table = "table";
    private const string Index = "index";

    private static readonly double[] Seconds =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private static readonly double[] Sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

    private static readonly Meter Meter = new(MeterName);

    private static readonly ConcurrentDictionary<object, QueueSample> Samples = [];

    private static readonly ConcurrentDictionary<object, VerificationSample> Divergences = [];

    private static readonly Counter<long> AppliedEntries = Meter.CreateCounter<long>(
        "extenddb.gsi.applied", "{entry}", "Index entries that batches have written, deleted or found equal.");

    private static readonly Histogram<long> BatchSize = Meter.CreateHistogram(
        "extenddb.gsi.batch.size", "{marker}", "Markers that a batch has claimed.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [.. Sizes.Select(size => (long)size)] });

    private static readonly Histogram<double> BatchDuration = Timing(
        "extenddb.gsi.batch.duration", "How long a batch took, from its first statement to its commit.");

    private static readonly Histogram<double> Woken = Timing(
        "extenddb.gsi.wake_to_claim", "How long it took from a wake-up to the claim of what it was for.");

    private static readonly Histogram<double> EndToEnd = Timing(
        "extenddb.gsi.end_to_end", "How long it took from an item's ready_at to the commit of its entries.");

    private static readonly Counter<long> ThrottledWrites = Meter.CreateCounter<long>(
        "extenddb.gsi.throttled", "{write}", "Writes that were delayed or refused because their indexes lag.");

    private static readonly Counter<long> AssistedBatches = Meter.CreateCounter<long>(
        "extenddb.gsi.assisted", "{batch}", "Batches that writes have applied because their indexes lag.");

    private static readonly Counter<long> PostCommitFailures = Meter.CreateCounter<long>(
        "extenddb.gsi.post_commit_failures", "{failure}",
        "Failures of what follows the commit of a write: markers applied without delay, back-pressure.");

    private static readonly Counter<long> QuarantinedEntries = Meter.CreateCounter<long>(
        "extenddb.gsi.quarantined", "{entry}", "Entries that batches have set aside because they could not be applied.");

    private static readonly ObservableGauge<double> Lag = Meter.CreateObservableGauge(
        "extenddb.gsi.lag", () => OfIndexes<double>(index => index.Lag.TotalSeconds), "s",
        "By how much the oldest due marker of an index is overdue.");

    private static readonly ObservableGauge<long> Pending = Meter.CreateObservableGauge(
        "extenddb.gsi.pending", () => OfIndexes<long>(index => index.Pending), "{marker}", "Markers that wait for an index.");

    private static readonly ObservableGauge<long> InQuarantine = Meter.CreateObservableGauge(
        "extenddb.gsi.quarantine", () => OfIndexes<long>(index => index.Quarantined), "{entry}",
        "Entries of an index that are in quarantine.");

    private static readonly ObservableGauge<double> Backfill = Meter.CreateObservableGauge(
        "extenddb.gsi.backfill.progress", () => OfIndexes<double>(index => index.Backfill), "1",
        "How much of its table a new index has walked over.");

    private static readonly ObservableGauge<double> Horizon = Meter.CreateObservableGauge(
        "extenddb.gsi.horizon.age", HorizonAge, "s", "The age of the oldest transaction that holds back VACUUM.");

    private static readonly ObservableGauge<long> Divergent = Meter.CreateObservableGauge(
        "extenddb.gsi.divergent", DivergentEntries, "{entry}",
        "Entries that the last periodic verification of an index in this process found wrong.");

    /// <summary>Gets whether somebody listens to a gauge whose value has to be read from the database.</summary>
    public static bool WantsSamples =>
        Lag.Enabled || Pending.Enabled || InQuarantine.Enabled || Backfill.Enabled || Horizon.Enabled;

    /// <summary>
    /// Gets whether somebody listens to the number of applied entries, or to the time from ready_at to their commit.
    /// </summary>
    public static bool WantsApplied => AppliedEntries.Enabled || EndToEnd.Enabled;

    /// <summary>Records a batch that has committed.</summary>
    public static void Batch(string database, int markers, int quarantined, TimeSpan took)
    {
        var of = Of(database);
        BatchSize.Record(markers, of);
        BatchDuration.Record(took.TotalSeconds, of);
        if (quarantined > 0)
        {
            QuarantinedEntries.Add(quarantined, of);
        }
    }

    /// <summary>Records entries of an index that a committed batch has applied.</summary>
    public static void Applied(string database, string table, string index, int entries) =>
        AppliedEntries.Add(entries, Of(database), new(Table, table), new(Index, index));

    /// <summary>Records the time from the ready_at of one item to the commit of its entries.</summary>
    public static void Visible(string database, TimeSpan took) => EndToEnd.Record(took.TotalSeconds, Of(database));

    /// <summary>Records the time of a loop from a wake-up to its claim.</summary>
    public static void WakeToClaim(string database, TimeSpan took) => Woken.Record(took.TotalSeconds, Of(database));

    /// <summary>Records a write that was <c>delayed</c> or <c>refused</c>.</summary>
    public static void Throttled(string database, string how) => ThrottledWrites.Add(1, Of(database), new("how", how));

    /// <summary>Records a batch that a write has applied.</summary>
    public static void Assisted(string database) => AssistedBatches.Add(1, Of(database));

    /// <summary>Records a failure of the work that follows the commit of a write.</summary>
    public static void FailedAfterCommit(string database) => PostCommitFailures.Add(1, Of(database));

    /// <summary>Keeps the result of a periodic verification for the gauges until the next one.</summary>
    /// <param name="owner">The object that verified the database; two hosts of one database have two.</param>
    /// <param name="sample">The result.</param>
    public static void Verified(object owner, VerificationSample sample) => Divergences[owner] = sample;

    /// <summary>Removes the result of an owner that no longer verifies.</summary>
    public static void ForgetVerified(object owner) => Divergences.TryRemove(owner, out _);

    /// <summary>Keeps a reading of the queue for the gauges until the next one.</summary>
    /// <param name="owner">The object that read the queue; two hosts of one database have two.</param>
    /// <param name="sample">The reading.</param>
    public static void Sampled(object owner, QueueSample sample) => Samples[owner] = sample;

    /// <summary>Removes the reading of an owner that no longer reads.</summary>
    public static void Forget(object owner) => Samples.TryRemove(owner, out _);

    private static Histogram<double> Timing(string name, string description) => Meter.CreateHistogram(
        name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    private static KeyValuePair<string, object?> Of(string database) => new(Database, database);

    private static IEnumerable<Measurement<T>> OfIndexes<T>(Func<SampledIndex, T?> measure)
        where T : struct =>
        from sample in Samples.Values
        from index in sample.Indexes
        let value = measure(index)
        where value is not null
        select new Measurement<T>(value.Value, Of(sample.Database), new(Table, index.Table), new(Index, index.Index));

    private static IEnumerable<Measurement<double>> HorizonAge() =>
        Samples.Values.Select(sample => new Measurement<double>(sample.Horizon?.Age?.TotalSeconds ?? 0, Of(sample.Database)));

    private static IEnumerable<Measurement<long>> DivergentEntries() =>
        from sample in Divergences.Values
        from index in sample.Indexes
        select new Measurement<long>(index.Divergent, Of(sample.Database), new(Table, index.Table), new(Index, index.Index));
}
