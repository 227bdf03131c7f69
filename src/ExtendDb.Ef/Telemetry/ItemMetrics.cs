using System.Diagnostics.Metrics;

namespace ExtendDb.Ef.Telemetry;

/// <summary>The meter <c>ExtendDb.Items</c>, which counts the writes of operations.</summary>
internal static class ItemMetrics
{
    public const string MeterName = "ExtendDb.Items";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Writes = Meter.CreateCounter<long>(
        "extenddb.items.writes", "{write}", "Writes of PutItem, UpdateItem, DeleteItem and BatchWriteItem, by the way they took.");

    /// <summary>Records that the writes of some items took a way.</summary>
    public static void Written(string database, WriteWay way, int items = 1) => Writes.Add(
        items,
        new("db.namespace", database),
        new("way", way switch
        {
            WriteWay.OneStatement => "one_statement",
            WriteWay.Optimistic => "optimistic",
            WriteWay.Batch => "batch",
            _ => "locked",
        }));
}
