using System.Globalization;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Storage;

/// <summary>How long a write waits for what others hold.</summary>
internal static class LockTimeout
{
    /// <summary>Makes the command that sets it for the transaction in which it runs; it returns one row.</summary>
    public static NpgsqlBatchCommand SetLocal(TimeSpan timeout) => new(Statements.LockTimeoutSet)
    {
        Parameters =
        {
            new() { Value = timeout.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) },
        },
    };
}
