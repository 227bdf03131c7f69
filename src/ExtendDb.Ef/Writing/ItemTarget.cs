using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>Where an item that a request names stands, or would stand.</summary>
/// <param name="Table">The table.</param>
/// <param name="TableName">The name or the ARN by which the request names the table, and its response too.</param>
/// <param name="Key">Its place in the table.</param>
/// <param name="Asked">Holds the key that was asked for, by which a stored item is checked.</param>
internal sealed record ItemTarget(TableDefinition Table, string TableName, ItemKey Key, AttributeMap Asked)
{
    /// <summary>Returns whether a row is that of the target.</summary>
    public bool IsAt(Item item) => Table.Id == item.TableId && Key == item.Key;

    /// <summary>Returns whether two targets are one item.</summary>
    public static bool HasDuplicates(IReadOnlyCollection<ItemTarget> targets) =>
        targets.DistinctBy(target => (target.Table.Id, target.Key)).Count() < targets.Count;
}
