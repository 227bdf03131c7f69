using System.Globalization;
using ExtendDb.Ef.Sql;
using Npgsql;

namespace ExtendDb.Ef.Items;

/// <summary>How long a write waits for what others hold.</summary>
internal static class Locks
{
    /// <summary>Makes the command that sets it for the transaction in which it runs; it returns one row.</summary>
    public static NpgsqlBatchCommand SetTimeout(TimeSpan timeout) => new(Statements.LockTimeoutSet)
    {
        Parameters =
        {
            new() { Value = timeout.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) },
        },
    };
}
