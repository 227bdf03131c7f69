using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Runtime.Catalog;

/// <summary>How old the definitions may be by which a process reads and writes, and how long others wait for it therefore.</summary>
/// <remarks>
/// Whoever changes a definition waits for the longest poll interval of all processes and a margin, and then for the
/// transactions that run at that moment. So a write may use definitions that are younger than that; or older ones, if it
/// looks again in its transaction.
/// </remarks>
/// <param name="pollInterval">The CatalogPollInterval of this process.</param>
internal sealed class CatalogRollout(TimeSpan pollInterval)
{
    /// <summary>More than the time that a process needs from reading the definitions to the first statement of a save by them.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    private int PollMilliseconds => (int)pollInterval.TotalMilliseconds;

    /// <summary>Returns whether definitions of an age may be used without asking the database.</summary>
    public bool IsFresh(TimeSpan age) => age < pollInterval;

    /// <summary>Returns whether they may be used by a caller who is in a transaction, and could only ask over its connection.</summary>
    public bool IsFreshInTransaction(TimeSpan age) => age < pollInterval + Margin / 2;

    /// <summary>Returns whether a rollout that waits for the users of older definitions also waits for a save that has used these.</summary>
    public bool Covers(TimeSpan age) => age < pollInterval + Margin;

    /// <summary>Says in the database how long a change of definitions can stay unseen by this process.</summary>
    /// <remarks>Before the definitions are loaded first: whoever changes them while that goes on knows it then.</remarks>
    public async Task AnnounceAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var longest = new NpgsqlCommand(Statements.CatalogStateLongestPoll, connection);
        if ((int)(await longest.ExecuteScalarAsync(cancellationToken))! < PollMilliseconds)
        {
            await using var raise = Raise(connection);
            await raise.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>As <see cref="AnnounceAsync"/>, for the hooks that EF calls synchronously.</summary>
    public void Announce(NpgsqlConnection connection)
    {
        using var longest = new NpgsqlCommand(Statements.CatalogStateLongestPoll, connection);
        if ((int)longest.ExecuteScalar()! < PollMilliseconds)
        {
            using var raise = Raise(connection);
            raise.ExecuteNonQuery();
        }
    }

    /// <summary>Reads after what time every process must have read a change of definitions.</summary>
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
