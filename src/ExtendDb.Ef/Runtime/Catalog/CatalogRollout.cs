using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Runtime.Catalog;

/// <summary>
/// Decides how old the definitions of a process may be, and how long a change of definitions waits for all processes.
/// </summary>
/// <remarks>
/// A change of definitions waits for the longest poll interval of all processes plus a margin, and then for the
/// transactions that run at that time. So a write may use definitions that are younger than that, or older ones that it
/// checks again in its transaction.
/// </remarks>
/// <param name="pollInterval">The CatalogPollInterval of this process.</param>
internal sealed class CatalogRollout(TimeSpan pollInterval)
{
    /// <summary>
    /// A time that is longer than a process needs from reading the definitions to the first statement of a save with
    /// them.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    private int PollMilliseconds => (int)pollInterval.TotalMilliseconds;

    /// <summary>Returns whether definitions of an age may be used without a query of the database.</summary>
    public bool IsFresh(TimeSpan age) => age < pollInterval;

    /// <summary>
    /// Returns whether a caller in a transaction, which could only query over its own connection, may use the
    /// definitions.
    /// </summary>
    public bool IsFreshInTransaction(TimeSpan age) => age < pollInterval + Margin / 2;

    /// <summary>Raises the longest poll interval in the database to that of this process when it is shorter.</summary>
    /// <remarks>
    /// The process announces its interval before it first loads the definitions, so that a change made meanwhile waits
    /// for it.
    /// </remarks>
    public async Task AnnounceAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var longest = new NpgsqlCommand(Statements.CatalogStateLongestPoll, connection);
        if ((int)(await longest.ExecuteScalarAsync(cancellationToken))! < PollMilliseconds)
        {
            await using var raise = Raise(connection);
            await raise.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Announces the interval like <see cref="AnnounceAsync"/>, for the hooks that EF calls synchronously.
    /// </summary>
    public void Announce(NpgsqlConnection connection)
    {
        using var longest = new NpgsqlCommand(Statements.CatalogStateLongestPoll, connection);
        if ((int)longest.ExecuteScalar()! < PollMilliseconds)
        {
            using var raise = Raise(connection);
            raise.ExecuteNonQuery();
        }
    }

    /// <summary>Reads the time after which every process must have read a change of definitions.</summary>
    public static async Task<TimeSpan> ReadLongestAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.CatalogStateLongestPoll, connection);
        return TimeSpan.FromMilliseconds((int)(await command.ExecuteScalarAsync(cancellationToken))!) + Margin;
    }

    private NpgsqlCommand Raise(NpgsqlConnection connection) => new(Statements.CatalogStateRaiseLongestPoll, connection)
    {
        Parameters = { new() { Value = PollMilliseconds } },
    };
}
