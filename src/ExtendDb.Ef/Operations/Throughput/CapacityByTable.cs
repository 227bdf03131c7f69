using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.Throughput;

/// <summary>Computes the capacity that changes of several items consume, table by table.</summary>
internal static class CapacityByTable
{
    /// <summary>Returns the capacity that one change consumes; null when the request did not ask for it.</summary>
    public static ConsumedCapacity? Consumed(ItemChange change, ReturnConsumedCapacity asked)
    {
        if (asked == ReturnConsumedCapacity.NONE)
        {
            return null;
        }

        var units = new TableUnits(change.Target.Table, change.Target.TableName);
        units.AddWrite(change.Before, change.After);
        return units.ToResponse(asked);
    }

    /// <summary>
    /// Returns the size of the collection of a changed item; null when the request did not ask for it.
    /// </summary>
    public static Task<ItemCollectionMetrics?> CollectionAsync(
        OperationContext context, ItemChange change, ReturnItemCollectionMetrics asked, CancellationToken cancellationToken) =>
        ItemCollection.MeasureAsync(asked, context, change.Target.Table, change.Target.Asked, cancellationToken);

    /// <summary>
    /// Returns the capacity that changes consume, by table; null when the request did not ask for it.
    /// </summary>
    public static IReadOnlyList<ConsumedCapacity>? Consumed(
        IReadOnlyList<ItemChange> changes, ReturnConsumedCapacity asked, TransactionKind? transaction = null)
    {
        if (asked == ReturnConsumedCapacity.NONE)
        {
            return null;
        }

        var factor = transaction is null ? 1 : CapacityUnits.TransactionFactor;
        var byTable = new Dictionary<string, TableUnits>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var name = change.Target.TableName;
            if (!byTable.TryGetValue(name, out var units))
            {
                byTable.Add(name, units = new(change.Target.Table, name));
            }

            units.AddWrite(change.Before, change.After, factor);
        }

        return [.. byTable.Values.Select(units => units.ToResponse(asked, transaction)!)];
    }

    /// <summary>
    /// Returns the sizes of the changed items' collections, by table; null when there are none or the request did not
    /// ask.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<ItemCollectionMetrics>>?> CollectionsAsync(
        OperationContext context,
        IReadOnlyList<ItemChange> changes,
        ReturnItemCollectionMetrics asked,
        CancellationToken cancellationToken)
    {
        var metrics = new Dictionary<string, IReadOnlyList<ItemCollectionMetrics>>(StringComparer.Ordinal);
        foreach (var ofTable in changes.GroupBy(change => change.Target.TableName))
        {
            var collections = new List<ItemCollectionMetrics>();
            foreach (var change in ofTable.DistinctBy(change => change.Target.Key.PartitionHash))
            {
                if (await CollectionAsync(context, change, asked, cancellationToken) is { } collection)
                {
                    collections.Add(collection);
                }
            }

            if (collections.Count > 0)
            {
                metrics.Add(ofTable.Key, collections);
            }
        }

        return metrics.Count > 0 ? metrics : null;
    }
}
