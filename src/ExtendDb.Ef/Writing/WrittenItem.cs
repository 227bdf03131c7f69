using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>A change of an item and the row that holds the item.</summary>
/// <param name="Change">The item before and after the write.</param>
/// <param name="Row">The row; null when the item exists neither before nor after the write.</param>
internal sealed record WrittenItem(ItemChange Change, Item? Row)
{
    public bool IsAt(Item item) => Change.Target.IsAt(item);
}
