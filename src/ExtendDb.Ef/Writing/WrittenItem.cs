using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>A change and the row that it was made to.</summary>
/// <param name="Change">The item before and after the write.</param>
/// <param name="Row">The row; null when there was no item before and there is none after.</param>
internal sealed record WrittenItem(ItemChange Change, Item? Row)
{
    public bool IsAt(Item item) => Change.Target.IsAt(item);
}
