using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Throughput;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Items;

/// <summary>What a write found at a place and what it left; null is no item.</summary>
/// <param name="Place">The place.</param>
/// <param name="Before">The attributes before.</param>
/// <param name="After">The attributes after.</param>
internal sealed record ItemChange(ItemPlace Place, AttributeMap? Before, AttributeMap? After)
{
    /// <summary>Returns what the change cost; null when that was not asked for.</summary>
    public ConsumedCapacity? Consumed(ReturnConsumedCapacity asked)
    {
        if (asked == ReturnConsumedCapacity.NONE)
        {
            return null;
        }

        var units = new TableUnits(Place.Table);
        units.AddWrite(Before, After);
        return units.ToResponse(asked);
    }

    /// <summary>Returns the size of the item's collection; null when that was not asked for.</summary>
    public Task<ItemCollectionMetrics?> CollectionAsync(
        DbContext context, ReturnItemCollectionMetrics asked, CancellationToken cancellationToken) =>
        ItemCollection.MeasureAsync(asked, context, Place.Table, Place.Asked, cancellationToken);
}
