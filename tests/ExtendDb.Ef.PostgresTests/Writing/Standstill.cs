using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>Holds saves where their definitions are read and nothing has been sent to the server.</summary>
/// <remarks>
/// Npgsql sends the BEGIN of a transaction together with its first statement, and EF a savepoint before the first command
/// of a save in a transaction of the caller's.
/// </remarks>
internal sealed class Standstill
{
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _standing;

    public Standstill()
    {
        BeforeCommand = new OfCommands(this);
        BeforeSave = new OfSaves(this);
    }

    /// <summary>Gets what holds a save before its first command.</summary>
    public IInterceptor BeforeCommand { get; }

    /// <summary>Gets what holds a save before it opens its connection.</summary>
    public IInterceptor BeforeSave { get; }

    /// <summary>Gets how many saves stand still.</summary>
    public int Standing => Volatile.Read(ref _standing);

    public void GoOn() => _goOn.TrySetResult();

    private Task StandAsync()
    {
        Interlocked.Increment(ref _standing);
        return _goOn.Task;
    }

    private sealed class OfCommands(Standstill standstill) : DbCommandInterceptor
    {
        public override InterceptionResult<DbDataReader> ReaderExecuting(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            standstill.StandAsync().Wait();
            return result;
        }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            await standstill.StandAsync();
            return result;
        }
    }

    private sealed class OfSaves(Standstill standstill) : SaveChangesInterceptor
    {
        public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
        {
            standstill.StandAsync().Wait();
            return result;
        }

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            await standstill.StandAsync();
            return result;
        }
    }
}
