using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>The table and key of an item that a request names; the item need not exist.</summary>
/// <param name="Table">The table.</param>
/// <param name="TableName">The name or the ARN by which the request and its response name the table.</param>
/// <param name="Key">The stored form of the item's key.</param>
/// <param name="Asked">
/// The attributes of the request, which include the key; a stored item must have the same key.
/// </param>
internal sealed record ItemTarget(TableDefinition Table, string TableName, ItemKey Key, AttributeMap Asked)
{
    /// <summary>Returns whether a row is the row of the target.</summary>
    public bool IsAt(Item item) => Table.Id == item.TableId && Key == item.Key;

    /// <summary>Returns whether two of the targets are the same item.</summary>
    public static bool HasDuplicates(IReadOnlyCollection<ItemTarget> targets) =>
        targets.DistinctBy(target => (target.Table.Id, target.Key)).Count() < targets.Count;
}
