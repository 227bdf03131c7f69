using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Telemetry;

/// <summary>What is measured of the queue and the global indexes: meter <c>ExtendDb.Gsi</c>.</summary>
/// <remarks>
/// Every value carries the database's name; what belongs to an index carries its table and name too. What is not in this
/// process, such as the length of the queue, is read by <see cref="Hosting.QueueMonitor"/> while somebody listens.
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

    private static readonly ConcurrentDictionary<ExtendDbRuntime, QueueSample> Samples = [];

    private static readonly ConcurrentDictionary<ExtendDbRuntime, IReadOnlyCollection<VerifiedIndex>> Divergences = [];

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

    /// <summary>Gets whether anybody listens to what has to be read from the database.</summary>
    public static bool WantsSamples =>
        Lag.Enabled || Pending.Enabled || InQuarantine.Enabled || Backfill.Enabled || Horizon.Enabled;

    /// <summary>Gets whether anybody listens to how often an index was applied, or how long that took.</summary>
    public static bool WantsApplied => AppliedEntries.Enabled || EndToEnd.Enabled;

    /// <summary>Notes a batch that has committed.</summary>
    public static void Batch(ExtendDbRuntime runtime, BatchOutcome outcome, TimeSpan took)
    {
        var of = Of(runtime);
        BatchSize.Record(outcome.Markers, of);
        BatchDuration.Record(took.TotalSeconds, of);
        if (outcome.Quarantined > 0)
        {
            QuarantinedEntries.Add(outcome.Quarantined, of);
        }
    }

    /// <summary>Notes what a batch that has committed did to each index.</summary>
    public static void Applied(
        ExtendDbRuntime runtime, IReadOnlyCollection<ClaimedItem> items, IEnumerable<EntryChange> changes, Definitions definitions)
    {
        var now = runtime.Clock.UtcNow;
        var of = Of(runtime);
        foreach (var item in items)
        {
            EndToEnd.Record((now - item.ReadyAt).TotalSeconds, of);
        }

        foreach (var (id, count) in changes.CountBy(change => change.IndexId))
        {
            if (definitions.FindIndex(id) is { } index && definitions.TableOf(index) is { } table)
            {
                AppliedEntries.Add(count, of, new(Table, table.Name), new(Index, index.Name));
            }
        }
    }

    /// <summary>Notes that a loop has claimed what it was woken for.</summary>
    public static void WakeToClaim(ExtendDbRuntime runtime, TimeSpan took) => Woken.Record(took.TotalSeconds, Of(runtime));

    /// <summary>Notes a write that was <c>delayed</c> or <c>refused</c>.</summary>
    public static void Throttled(ExtendDbRuntime runtime, string how) =>
        ThrottledWrites.Add(1, Of(runtime), new("how", how));

    /// <summary>Notes a batch that a write has applied.</summary>
    public static void Assisted(ExtendDbRuntime runtime) => AssistedBatches.Add(1, Of(runtime));

    /// <summary>Notes that what follows the commit of a write has failed.</summary>
    public static void FailedAfterCommit(string database) =>
        PostCommitFailures.Add(1, new KeyValuePair<string, object?>(Database, database));

    /// <summary>Keeps what comparing the indexes found, until the next time.</summary>
    public static void Verified(ExtendDbRuntime runtime, IReadOnlyCollection<VerifiedIndex> found) => Divergences[runtime] = found;

    /// <summary>Forgets that: nobody compares them any more.</summary>
    public static void ForgetVerified(ExtendDbRuntime runtime) => Divergences.TryRemove(runtime, out _);

    /// <summary>Keeps what was read of the queue, until the next reading.</summary>
    public static void Sampled(ExtendDbRuntime runtime, QueueSample sample) => Samples[runtime] = sample;

    /// <summary>Forgets what was read of the queue: nobody reads it any more.</summary>
    public static void Forget(ExtendDbRuntime runtime) => Samples.TryRemove(runtime, out _);

    private static Histogram<double> Timing(string name, string description) => Meter.CreateHistogram(
        name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    private static KeyValuePair<string, object?> Of(ExtendDbRuntime runtime) => new(Database, runtime.Name);

    private static IEnumerable<Measurement<T>> OfIndexes<T>(Func<SampledIndex, T?> measure)
        where T : struct =>
        from sample in Samples
        from index in sample.Value.Indexes
        let value = measure(index)
        where value is not null
        select new Measurement<T>(value.Value, Of(sample.Key), new(Table, index.Table), new(Index, index.Index));

    private static IEnumerable<Measurement<double>> HorizonAge() =>
        Samples.Select(sample => new Measurement<double>(sample.Value.Horizon?.Age?.TotalSeconds ?? 0, Of(sample.Key)));

    private static IEnumerable<Measurement<long>> DivergentEntries() =>
        from found in Divergences
        from index in found.Value
        select new Measurement<long>(index.Divergent, Of(found.Key), new(Table, index.Table), new(Index, index.Index));
}
