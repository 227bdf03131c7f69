using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Writing;

/// <summary>The rows that a context tracks for one attempt of a write; Dispose detaches them.</summary>
/// <param name="context">The context that saves the rows.</param>
internal sealed class TrackedItems(DbContext context) : IDisposable
{
    private readonly List<Item> _rows = [];

    /// <summary>Detaches the caller's own instances of the items for the duration of the write.</summary>
    /// <exception cref="InvalidOperationException">An instance has an unsaved change.</exception>
    public static Released Release(DbContext context, IReadOnlyList<ItemTarget> targets)
    {
        var tracked = context.ChangeTracker.Entries<Item>()
            .Where(entry => targets.Any(target => target.IsAt(entry.Entity)))
            .ToList();
        if (tracked.Find(entry => entry.State != EntityState.Unchanged) is { } unsaved)
        {
            throw new InvalidOperationException(
                $"The context has an unsaved change of the same item of table {unsaved.Entity.TableId}. Save it first.");
        }

        tracked.ForEach(entry => entry.State = EntityState.Detached);
        return new(context, tracked.ConvertAll(entry => entry.Entity));
    }

    /// <summary>Makes the context track the change that a write makes to an item.</summary>
    /// <param name="target">The table and key of the item.</param>
    /// <param name="stored">The row that was read; null when the item does not exist.</param>
    /// <param name="after">The attributes after the write; null when the item does not exist then.</param>
    /// <returns>The tracked row; null when the item exists neither before nor after the write.</returns>
    public Item? Set(ItemTarget target, Item? stored, AttributeMap? after)
    {
        if (stored is null)
        {
            return after is null ? null : Add(Item.CreateChecked(target.Table, target.Key, after), EntityState.Added);
        }

        Add(stored, after is null ? EntityState.Deleted : EntityState.Unchanged);
        if (after is not null)
        {
            stored.ReplaceChecked(after);
            context.Entry(stored).DetectChanges();
        }

        return stored;
    }

    public void Dispose() => _rows.ForEach(row => context.Entry(row).State = EntityState.Detached);

    private Item Add(Item row, EntityState state)
    {
        context.Entry(row).State = state;
        _rows.Add(row);
        return row;
    }

    /// <summary>
    /// The caller's own instances of the items of a write, which the context must track again after the write.
    /// </summary>
    public sealed class Released(DbContext context, List<Item> items)
    {
        /// <summary>
        /// Updates the instances from the written rows; the instance of a deleted item stays detached.
        /// </summary>
        public void TakeOver(List<WrittenItem> written)
        {
            foreach (var item in items)
            {
                if (written.Find(each => each.IsAt(item)) is { Row: { } row, Change.After: not null })
                {
                    item.Become(row, isCommitted: !ContextConnection.HasTransaction(context));
                    context.Attach(item);
                }
            }

            items.Clear();
        }

        /// <summary>Attaches the instances again, unchanged, when no write has succeeded.</summary>
        public void Reattach() => items.ForEach(item => context.Attach(item));
    }
}
