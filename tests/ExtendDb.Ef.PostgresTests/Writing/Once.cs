using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>An interceptor of a user's own that does something once, at the beginning or the end of a save.</summary>
/// <remarks>What it does is told whether the save is synchronous, and ends before it returns then.</remarks>
internal sealed class Once : SaveChangesInterceptor
{
    public const int Suppressed = 7;

    private Func<DbContext, bool, Task>? _saving;
    private Func<DbContext, bool, Task>? _saved;
    private bool _suppresses;

    public static Once Saving(Func<DbContext, bool, Task> act) => new() { _saving = act };

    public static Once Saving(Action<DbContext> act) => Saving((context, _) => Done(act, context));

    public static Once Saved(Func<DbContext, bool, Task> act) => new() { _saved = act };

    public static Once Saved(Action<DbContext> act) => Saved((context, _) => Done(act, context));

    /// <summary>Makes an interceptor that says that the save has been done, and that it changed seven rows.</summary>
    public static Once Suppressing() => new() { _suppresses = true };

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Take(ref _saving)(eventData.Context!, true).GetAwaiter().GetResult();
        return Result(result);
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await Take(ref _saving)(eventData.Context!, false);
        return Result(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Take(ref _saved)(eventData.Context!, true).GetAwaiter().GetResult();
        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await Take(ref _saved)(eventData.Context!, false);
        return result;
    }

    private static Task Done(Action<DbContext> act, DbContext context)
    {
        act(context);
        return Task.CompletedTask;
    }

    // Taken first: what is done may save again.
    private static Func<DbContext, bool, Task> Take(ref Func<DbContext, bool, Task>? act) =>
        Interlocked.Exchange(ref act, null) ?? ((_, _) => Task.CompletedTask);

    private InterceptionResult<int> Result(InterceptionResult<int> result) =>
        Interlocked.Exchange(ref _suppresses, false) ? InterceptionResult<int>.SuppressWithResult(Suppressed) : result;
}
