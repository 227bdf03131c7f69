using System.Globalization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>The table of the data plane benchmark and its items, of about 300 bytes and eight attributes each.</summary>
internal static class DataPlaneItems
{
    public const string TableName = "Readings";
    public const int Partitions = 200;

    /// <summary>As many items as a page holds, so that one Query reads a whole partition.</summary>
    public const int PerPartition = 100;

    private static long _lastNew;

    /// <summary>One global index with all attributes, so that every change of an item needs a marker.</summary>
    public static CreateTableRequest Table => new(
        TableName,
        [new("Device", KeyType.HASH), new("At", KeyType.RANGE)],
        [
            new("Device", AttributeType.S), new("At", AttributeType.N), new("Status", AttributeType.S),
            new("Value", AttributeType.N),
        ])
    {
        GlobalSecondaryIndexes =
            [new("by-status", [new("Status", KeyType.HASH), new("Value", KeyType.RANGE)], Projection.All)],
    };

    /// <summary>Returns the partition key of one of the partitions that are there.</summary>
    public static AttributeValue AnyPartition() => Device(Random.Shared.Next(Partitions));

    /// <summary>Returns the key of one of the items that are there.</summary>
    public static AttributeMap AnyKey() => new()
    {
        ["Device"] = AnyPartition(),
        ["At"] = Random.Shared.Next(PerPartition),
    };

    /// <summary>Returns a value that hardly any item has, so that setting it is a change.</summary>
    public static AttributeValue AnyValue() => Random.Shared.Next(1_000_000_000);

    /// <summary>Returns an item with the key of one that is there, and another value.</summary>
    public static AttributeMap AnyReplacement() => Item(Random.Shared.Next(Partitions), Random.Shared.Next(PerPartition));

    /// <summary>Returns an item whose key nobody has drawn before.</summary>
    public static AttributeMap NextNew()
    {
        var n = (int)Interlocked.Increment(ref _lastNew);
        return Item(Partitions + n / PerPartition, n % PerPartition);
    }

    public static AttributeMap Item(int partition, int at) => new()
    {
        ["Device"] = Device(partition),
        ["At"] = at,
        ["Status"] = "status-" + (at % 10).ToString(CultureInfo.InvariantCulture),
        ["Value"] = AnyValue(),
        ["Site"] = "site-" + (partition % 17).ToString(CultureInfo.InvariantCulture),
        ["Valid"] = at % 2 == 0,
        ["Firmware"] = "5.2.1-stable",
        ["Text"] = new string((char)('a' + (at % 26)), 150),
    };

    private static AttributeValue Device(int partition) =>
        "device-" + partition.ToString("D8", CultureInfo.InvariantCulture);
}
