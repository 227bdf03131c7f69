using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ExtendDb.Ef.Writing;

/// <summary>The saves that a context is in, one within the other: a handler of a save may save again.</summary>
/// <remarks>A service of each context.</remarks>
internal sealed class RunningSaves : IResettableService
{
    // A save without items is null.
    private readonly Stack<ItemSave?> _saves = [];

    /// <summary>Gets the innermost save that is running; null when it has no items, or none is running.</summary>
    public ItemSave? Innermost => _saves.TryPeek(out var save) ? save : null;

    public static RunningSaves Of(DbContext context) => context.GetService<RunningSaves>();

    /// <summary>Drops what saves have planned that were ended before their statements were run.</summary>
    /// <remarks>
    /// EF tells nobody when an interceptor throws before a save begins. A save in which another one begins looks the same, and
    /// goes on later.
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

    /// <summary>Puts a save in the place of the innermost one, which had no items when it began.</summary>
    public void Replace(ItemSave save)
    {
        _saves.TryPop(out _);
        _saves.Push(save);
    }

    /// <summary>Ends the innermost save.</summary>
    /// <returns>The save; null when it has no items.</returns>
    public ItemSave? End() => _saves.TryPop(out var save) ? save : null;

    public void ResetState() => _saves.Clear();

    public Task ResetStateAsync(CancellationToken cancellationToken = default)
    {
        ResetState();
        return Task.CompletedTask;
    }
}
