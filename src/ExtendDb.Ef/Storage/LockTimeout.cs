using System.Globalization;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Storage;

/// <summary>Limits how long a write waits for locks that other transactions hold.</summary>
internal static class LockTimeout
{
    /// <summary>
    /// Creates the command that sets the time-out for the transaction in which it runs; it returns one row.
    /// </summary>
    public static NpgsqlBatchCommand SetLocal(TimeSpan timeout) => new(Statements.LockTimeoutSet)
    {
        Parameters =
        {
            new() { Value = timeout.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) },
        },
    };
}
