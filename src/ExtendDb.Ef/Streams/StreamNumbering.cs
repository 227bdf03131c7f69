using System.Data;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Telemetry;
using Npgsql;

namespace ExtendDb.Ef.Streams;

/// <summary>Gives the records of streams the numbers by which they are read.</summary>
/// <remarks>
/// Ids of records are drawn before their transactions commit, so a reader that went by them would pass records that become visible
/// later. One transaction at a time gives the visible records of a shard the next numbers: it takes the turn of the shard first,
/// and looks in a later statement. It commits to disk, because a number that somebody has read must not be given again.
/// </remarks>
internal static class StreamNumbering
{
    /// <summary>The most records of a shard that get their numbers in one transaction.</summary>
    public const int Chunk = 500;

    private const int MostShards = 16;

    /// <summary>Gives numbers in free shards that have records without one.</summary>
    /// <param name="connection">A connection without a transaction.</param>
    /// <returns>How many records got a number, and whether a shard may have more.</returns>
    public static Task<Outcome> NumberDueAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => RunAsync(
        connection,
        new(Statements.StreamShardsLockDue) { Parameters = { new() { Value = MostShards } } },
        cancellationToken);

    /// <summary>Gives numbers in one shard to all records that were committed before the call.</summary>
    /// <param name="connection">A connection without a transaction.</param>
    public static async Task NumberAsync(
        NpgsqlConnection connection, int stream, short shard, CancellationToken cancellationToken)
    {
        bool isMore;
        do
        {
            var take = new NpgsqlBatchCommand(Statements.StreamShardsLockOne)
            {
                Parameters = { new() { Value = stream }, new() { Value = shard } },
            };
            isMore = (await RunAsync(connection, take, cancellationToken)).IsMore;
        }
        while (isMore);
    }

    private static async Task<Outcome> RunAsync(
        NpgsqlConnection connection, NpgsqlBatchCommand take, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var (streams, shards) = await TakeTurnAsync(connection, take, cancellationToken);
        if (streams.Count == 0)
        {
            return default;
        }

        KillPoint.Reach(KillPoint.StreamLocked);
        var outcome = await NumberAsync(connection, streams, shards, cancellationToken);
        KillPoint.Reach(KillPoint.StreamNumbered);
        await transaction.CommitAsync(cancellationToken);
        return outcome;
    }

    private static async Task<(List<int> Streams, List<short> Shards)> TakeTurnAsync(
        NpgsqlConnection connection, NpgsqlBatchCommand take, CancellationToken cancellationToken)
    {
        var (streams, shards) = (new List<int>(), new List<short>());
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand(Statements.StreamNumberingBegin), take },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            streams.Add(reader.GetInt32(0));
            shards.Add(reader.GetInt16(1));
        }

        return (streams, shards);
    }

    private static async Task<Outcome> NumberAsync(
        NpgsqlConnection connection, List<int> streams, List<short> shards, CancellationToken cancellationToken)
    {
        await using var number = new NpgsqlCommand(Statements.StreamRecordsNumber, connection)
        {
            Parameters = { new() { Value = streams.ToArray() }, new() { Value = shards.ToArray() }, new() { Value = Chunk } },
        };
        await using var reader = await number.ExecuteReaderAsync(cancellationToken);
        var (records, isMore) = (0L, streams.Count == MostShards);
        while (await reader.ReadAsync(cancellationToken))
        {
            records += reader.GetInt64(2);
            isMore |= reader.GetInt64(2) == Chunk;
        }

        return new(records, isMore);
    }

    /// <summary>What one transaction has done.</summary>
    /// <param name="Records">The number of records that got their number.</param>
    /// <param name="IsMore">Whether more may wait.</param>
    public readonly record struct Outcome(long Records, bool IsMore);
}
