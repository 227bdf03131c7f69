using System.Net.Sockets;
using ExtendDb.Ef.Model;
using Npgsql;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Tells what a client must expect of a server in trouble from what nobody must ever see.</summary>
internal static class Faults
{
    /// <summary>Tells whether an error says that the server, the connection or a lock was in the way.</summary>
    public static bool IsOfTheServer(Exception? error) => error switch
    {
        null => false,
        PostgresException { SqlState: var state } =>
            state.StartsWith("57P0", StringComparison.Ordinal)
            || state.StartsWith("08", StringComparison.Ordinal)
            || state.StartsWith("53", StringComparison.Ordinal)
            || state is PostgresErrorCodes.LockNotAvailable,
        TransactionConflictException => true,
        TransactionCanceledException { CancellationReasons: var reasons } =>
            reasons.All(reason => reason.Code is "TransactionConflict" or "None"),
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => IsOfTheServer(error.InnerException),
    };
}
