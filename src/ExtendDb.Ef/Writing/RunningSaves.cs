using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ExtendDb.Ef.Writing;

/// <summary>
/// The saves that a context is running, nested when an interceptor of a save calls SaveChanges again.
/// </summary>
/// <remarks>Each context has an instance as a scoped service.</remarks>
internal sealed class RunningSaves : IResettableService
{
    // A save without items is null.
    private readonly Stack<ItemSave?> _saves = [];

    /// <summary>Gets the innermost running save; null when it has no items or no save is running.</summary>
    public ItemSave? Innermost => _saves.TryPeek(out var save) ? save : null;

    /// <summary>
    /// Gets or sets the versions that the operation which runs the next save has read in its transaction; null when no
    /// operation runs it.
    /// </summary>
    public TableVersions? Verified { get; set; }

    /// <summary>Gets or sets whether the operation which runs the next save deletes expired items.</summary>
    public bool IsExpiry { get; set; }

    public static RunningSaves Of(DbContext context) => context.GetService<RunningSaves>();

    /// <summary>Discards the plans of saves whose statements have not run.</summary>
    /// <remarks>
    /// EF calls no hook when an interceptor throws before a save begins, so such a save stays here. The outer save of a
    /// nested save looks the same, and continues after its plan was discarded.
    /// </remarks>
    public void DropUnsaved()
    {
        foreach (var save in _saves)
        {
            if (save is { IsSaved: false })
            {
                save.Drop();
            }
        }
    }

    public void Begin(ItemSave? save) => _saves.Push(save);

    /// <summary>Replaces the innermost save, which had no items when it began.</summary>
    public void Replace(ItemSave save)
    {
        _saves.TryPop(out _);
        _saves.Push(save);
    }

    /// <summary>Removes and returns the innermost save.</summary>
    /// <returns>The save; null when it has no items or no save is running.</returns>
    public ItemSave? End() => _saves.TryPop(out var save) ? save : null;

    public void ResetState()
    {
        _saves.Clear();
        (Verified, IsExpiry) = (null, false);
    }

    public Task ResetStateAsync(CancellationToken cancellationToken = default)
    {
        ResetState();
        return Task.CompletedTask;
    }
}
