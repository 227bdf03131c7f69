using Npgsql;

namespace ExtendDb.Ef.Propagation;

/// <summary>Tells errors that pass from those that come again with the same row.</summary>
internal static class SqlErrors
{
    private const string IdleInTransactionSessionTimeout = "25P03";

    public static bool IsTransient(Exception exception) => exception switch
    {
        PostgresException { SqlState: var state } =>
            state is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled
            || state is IdleInTransactionSessionTimeout
            || state.StartsWith("53", StringComparison.Ordinal)
            || state.StartsWith("08", StringComparison.Ordinal)
            || state.StartsWith("57P0", StringComparison.Ordinal),

        // Anything of Npgsql that the server did not say: the connection broke, was refused or timed out.
        NpgsqlException => true,
        TimeoutException => true,
        _ => false,
    };
}
