using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>The table of the wire benchmark and its items, of about 1 KB each, twenty a partition.</summary>
internal static class WireItems
{
    public const string TableName = "WireReadings";
    public const int Partitions = 200;

    /// <summary>So many items a Query returns.</summary>
    public const int PerPartition = 20;

    private const int TextLength = 900;

    private static int _lastNew;

    /// <summary>One global index with all attributes.</summary>
    public static CreateTableRequest Table => new()
    {
        TableName = TableName,
        KeySchema = [new("Device", KeyType.HASH), new("At", KeyType.RANGE)],
        AttributeDefinitions =
        [
            new("Device", ScalarAttributeType.S), new("At", ScalarAttributeType.N), new("Status", ScalarAttributeType.S),
            new("Value", ScalarAttributeType.N),
        ],
        BillingMode = BillingMode.PAY_PER_REQUEST,
        GlobalSecondaryIndexes =
        [
            new()
            {
                IndexName = "by-status",
                KeySchema = [new("Status", KeyType.HASH), new("Value", KeyType.RANGE)],
                Projection = new() { ProjectionType = ProjectionType.ALL },
            },
        ],
    };

    /// <summary>Returns the partition key of one of the partitions that are there.</summary>
    public static AttributeValue AnyPartition() => Device(Random.Shared.Next(Partitions));

    /// <summary>Returns the key of one of the items that are there.</summary>
    public static Dictionary<string, AttributeValue> AnyKey() => new()
    {
        ["Device"] = AnyPartition(),
        ["At"] = Number(Random.Shared.Next(PerPartition)),
    };

    /// <summary>Returns a value that hardly any item has, so that setting it is a change.</summary>
    public static AttributeValue AnyValue() => Number(Random.Shared.Next(1_000_000_000));

    /// <summary>Returns an item with the key of one that is there, and another value.</summary>
    public static Dictionary<string, AttributeValue> AnyReplacement() =>
        Item(Random.Shared.Next(Partitions), Random.Shared.Next(PerPartition));

    /// <summary>Returns an item whose key nobody has drawn before.</summary>
    public static Dictionary<string, AttributeValue> NextNew()
    {
        var n = Interlocked.Increment(ref _lastNew);
        return Item(Partitions + n / PerPartition, n % PerPartition);
    }

    public static Dictionary<string, AttributeValue> Item(int partition, int at) => new()
    {
        ["Device"] = Device(partition),
        ["At"] = Number(at),
        ["Status"] = new("status-" + (at % 10).ToString(CultureInfo.InvariantCulture)),
        ["Value"] = AnyValue(),
        ["Valid"] = new() { BOOL = at % 2 == 0 },
        ["Text"] = new(new string((char)('a' + (at % 26)), TextLength)),
    };

    private static AttributeValue Device(int partition) =>
        new("device-" + partition.ToString("D8", CultureInfo.InvariantCulture));

    private static AttributeValue Number(int value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
