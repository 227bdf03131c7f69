using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.Throughput;

/// <summary>Adds up the capacity units that an operation consumes on one table and its indexes.</summary>
/// <param name="table">The table.</param>
/// <param name="tableName">The name or the ARN by which the request names the table, and its response too.</param>
internal sealed class TableUnits(TableDefinition table, string tableName)
{
    private readonly SortedDictionary<string, double> _global = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double> _local = new(StringComparer.Ordinal);
    private double _units;

    /// <summary>Adds units of the table itself.</summary>
    public void Add(double units) => _units += units;

    /// <summary>Adds units of an index; an index with 0 units is left out of the response.</summary>
    public void Add(IndexDefinition index, double units)
    {
        var ofKind = index.Kind == IndexKind.GLOBAL ? _global : _local;
        if (units > 0)
        {
            ofKind[index.Name] = ofKind.GetValueOrDefault(index.Name) + units;
        }
    }

    /// <summary>Adds the units that the change of an item consumes; null is no item.</summary>
    /// <remarks>
    /// An index costs units only when the item's entry changes, and twice when the key of the entry changes.
    /// </remarks>
    public void AddWrite(AttributeMap? before, AttributeMap? after, double tableFactor = 1)
    {
        Add(tableFactor * CapacityUnits.OfWrite(Math.Max(Size(before), Size(after))));
        foreach (var index in table.Indexes)
        {
            var old = before is null ? null : index.Project(before);
            var now = after is null ? null : index.Project(after);
            Add(index, (old, now) switch
            {
                (null, null) => 0,
                (_, null) => CapacityUnits.OfWrite(Size(old.Document)),
                (null, _) => CapacityUnits.OfWrite(Size(now.Document)),
                _ when old.Key != now.Key =>
                    CapacityUnits.OfWrite(Size(old.Document)) + CapacityUnits.OfWrite(Size(now.Document)),
                _ when old.Document.Equals(now.Document) => 0,
                _ => CapacityUnits.OfWrite(Math.Max(Size(old.Document), Size(now.Document))),
            });
        }
    }

    /// <summary>Returns the consumed capacity for a response.</summary>
    /// <param name="asked">The requested numbers; NONE gives null.</param>
    /// <param name="transaction">
    /// The kind of a transaction, whose units are returned beside the sum; null for other operations.
    /// </param>
    public ConsumedCapacity? ToResponse(ReturnConsumedCapacity asked, TransactionKind? transaction = null)
    {
        if (asked == ReturnConsumedCapacity.NONE)
        {
            return null;
        }

        var all = _units + _global.Values.Sum() + _local.Values.Sum();
        var sum = new ConsumedCapacity(tableName, all)
        {
            ReadCapacityUnits = transaction == TransactionKind.Read ? all : null,
            WriteCapacityUnits = transaction == TransactionKind.Write ? all : null,
        };
        return asked == ReturnConsumedCapacity.TOTAL
            ? sum
            : sum with
            {
                Table = new(_units)
                {
                    ReadCapacityUnits = transaction == TransactionKind.Read ? _units : null,
                    WriteCapacityUnits = transaction == TransactionKind.Write ? _units : null,
                },
                GlobalSecondaryIndexes = OfIndexes(_global),
                LocalSecondaryIndexes = OfIndexes(_local),
            };
    }

    private static Dictionary<string, Capacity>? OfIndexes(SortedDictionary<string, double> units) => units.Count == 0
        ? null
        : units.ToDictionary(index => index.Key, index => new Capacity(index.Value), StringComparer.Ordinal);

    private static int Size(AttributeMap? item) => item is null ? 0 : ItemSize.Of(item);
}
