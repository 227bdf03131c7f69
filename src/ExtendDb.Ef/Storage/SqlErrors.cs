using Npgsql;

namespace ExtendDb.Ef.Storage;

/// <summary>Tells transient errors from errors that a row causes each time.</summary>
internal static class SqlErrors
{
    private const string IdleInTransactionSessionTimeout = "25P03";

    // Rights, missing objects, configuration, and a server in trouble: these errors refuse every row alike. If a row
    // were blamed, all rows would end in quarantine one after the other.
    private static readonly string[] ClassesOfTheServer = ["0A", "25", "26", "28", "3D", "3F", "42", "55", "58", "F0"];

    /// <summary>
    /// Returns whether a row causes the error each time, so that the other rows can be applied without it.
    /// </summary>
    public static bool IsOfTheRow(PostgresException exception) =>
        !IsTransient(exception) && !ClassesOfTheServer.Contains(exception.SqlState[..2]);

    /// <summary>Returns whether the server did not let the role in, so that no statement has reached it.</summary>
    public static bool IsDenied(PostgresException exception) => exception.SqlState.StartsWith("28", StringComparison.Ordinal);

    public static bool IsTransient(Exception exception) => exception switch
    {
        PostgresException { SqlState: var state } =>
            state is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled
            || state is IdleInTransactionSessionTimeout
            || state.StartsWith("53", StringComparison.Ordinal)
            || state.StartsWith("08", StringComparison.Ordinal)
            || state.StartsWith("57P0", StringComparison.Ordinal),

        // The error comes from Npgsql, not from the server: the connection broke, was refused or timed out.
        NpgsqlException => true,
        TimeoutException => true,
        _ => false,
    };
}
