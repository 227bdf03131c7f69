using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Configurations;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>Recognises errors of a save that another transaction has caused.</summary>
internal static class WriteConflict
{
    /// <summary>Returns whether an error is a deadlock, a lock time-out or a serialization failure.</summary>
    public static bool Is(Exception exception) => ServerError(exception) is
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.SerializationFailure,
    };

    /// <summary>Returns whether the server ended a deadlock by failing this transaction.</summary>
    public static bool IsDeadlock(Exception exception) =>
        ServerError(exception) is { SqlState: PostgresErrorCodes.DeadlockDetected };

    /// <summary>Returns whether an error is the violation of a given constraint in ExtendDb's schema.</summary>
    public static bool Violates(Exception exception, string constraint) =>
        ServerError(exception) is { SchemaName: ExtendDbModel.Schema } refused && refused.ConstraintName == constraint;

    /// <summary>Returns whether a save failed because another writer inserted one of the items first.</summary>
    public static bool IsLostRace(DbUpdateException exception, IReadOnlyList<ItemTarget> targets) =>
        Violates(exception, ExtendDbModel.ItemsPrimaryKey) && targets.Any(target => IsOf(exception, target));

    /// <summary>
    /// Returns the positions of the items for which a save waited too long; none after a deadlock or a serialization
    /// failure.
    /// </summary>
    // Existing rows are locked before the save, so a save waits only for a transaction that inserts the same item.
    public static List<int> Positions(Exception conflict, IReadOnlyList<ItemTarget> targets)
    {
        if (ServerError(conflict)!.SqlState != PostgresErrorCodes.LockNotAvailable)
        {
            return [];
        }

        var failed = conflict;
        while (failed is not (null or DbUpdateException))
        {
            failed = failed.InnerException;
        }

        return failed is DbUpdateException save
            ? [.. Enumerable.Range(0, targets.Count).Where(i => IsOf(save, targets[i]))]
            : [];
    }

    private static bool IsOf(DbUpdateException exception, ItemTarget target) =>
        exception.Entries.Any(entry => entry.Entity is Item item && target.IsAt(item));

    // EF wraps the error of the server in a DbUpdateException; Npgsql's execution strategy wraps a transient one in an
    // InvalidOperationException.
    private static PostgresException? ServerError(Exception? exception)
    {
        while (exception is not (null or PostgresException))
        {
            exception = exception.InnerException;
        }

        return (PostgresException?)exception;
    }
}
