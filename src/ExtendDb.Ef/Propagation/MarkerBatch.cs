using System.Data;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Propagation;

/// <summary>Applies markers: takes the turn of a shard, claims what is due, reads the items, writes the entries, commits.</summary>
/// <remarks>
/// One transaction a batch, READ COMMITTED, so that each statement sees what committed before it: the claim comes after
/// the lock of the shard and therefore reads items at least as new as whoever had the turn before.
/// </remarks>
internal sealed class MarkerBatch(LocalDatabase database)
{
    private readonly ShardHints _hints = new(database.Options.TimeProvider);

    /// <summary>Applies due markers of the most overdue free shards; none when nothing is due there.</summary>
    public async Task<BatchOutcome> ApplyDueAsync(BatchPace pace, CancellationToken cancellationToken)
    {
        var time = database.Options.TimeProvider;
        var from = _hints.Next();
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var turn = await TakeTurnAsync(
            connection,
            new NpgsqlBatchCommand(Statements.GsiShardsLockDue)
            {
                Parameters =
                {
                    new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, Value = from },
                    new() { Value = pace.Shards },
                },
            },
            cancellationToken);
        if (turn.Shards.Count == 0)
        {
            return default;
        }

        KillPoint.Reach(KillPoint.WorkerLocked);
        var began = time.GetTimestamp();
        var perShard = pace.PerShard(turn.Shards.Count);
        DateTime[] fromEach = [.. turn.Shards.Select(shard => from[shard])];
        var claim = await ClaimAsync(connection, turn.Shards, fromEach, turn.Now, perShard, cancellationToken);
        KillPoint.Reach(KillPoint.WorkerClaimed);
        var outcome = await ApplyAsync(transaction, claim, pace.Careful, cancellationToken);
        KillPoint.Reach(KillPoint.WorkerApplied);
        await transaction.CommitAsync(cancellationToken);
        KillPoint.Reach(KillPoint.WorkerCommitted);

        var full = claim.MostOfOneShard >= perShard;
        pace.Done(full, time.GetElapsedTime(began));
        if (!full)
        {
            turn.Shards.ForEach(shard => _hints.Drained(shard, turn.Now));
        }
        else if (turn.Shards is [var only])
        {
            _hints.ClaimedUpTo(only, claim.LastReadyAt);
        }

        return outcome;
    }

    /// <summary>Applies a shard's markers of a span of time, waiting for its turn: what a write without delay does for itself.</summary>
    /// <remarks>When the turn comes, the markers are either still there, or applied by whoever had the turn before.</remarks>
    public async Task ApplyOwnAsync(
        short shard, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        const int AtOnce = 100;
        await using var connection = await database.OpenForWriterAsync(cancellationToken);
        for (var careful = false; ;)
        {
            await using var transaction =
                await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            var turn = await TakeTurnAsync(
                connection,
                new NpgsqlBatchCommand(Statements.GsiShardsLockOne) { Parameters = { new() { Value = shard } } },
                cancellationToken);
            var claim = await ClaimAsync(
                connection, turn.Shards, [from.UtcDateTime], until.UtcDateTime, AtOnce, cancellationToken);
            try
            {
                await ApplyAsync(transaction, claim, careful, cancellationToken);
            }
            catch (PostgresException refused) when (!careful && SqlErrors.IsOfTheRow(refused))
            {
                careful = true;
                await transaction.RollbackAsync(cancellationToken);
                continue;
            }

            await transaction.CommitAsync(cancellationToken);
            if (claim.Markers < AtOnce)
            {
                return;
            }
        }
    }

    /// <summary>Returns how long it is until the next marker becomes due; negative when one is due; null when none waits.</summary>
    public async Task<TimeSpan?> UntilNextAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Statements.GsiPendingNext, connection)
        {
            Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, Value = _hints.Current() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.IsDBNull(0) ? null : reader.GetDateTime(0) - reader.GetDateTime(1);
    }

    private static async Task<Turn> TakeTurnAsync(
        NpgsqlConnection connection, NpgsqlBatchCommand lockShards, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand(Statements.BatchBegin), lockShards },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var shards = new List<short>();
        var now = default(DateTime);
        while (await reader.ReadAsync(cancellationToken))
        {
            shards.Add(reader.GetInt16(0));
            now = reader.GetDateTime(1);
        }

        return new(shards, now);
    }

    private static async Task<Claim> ClaimAsync(
        NpgsqlConnection connection,
        List<short> shards,
        DateTime[] from,
        DateTime until,
        int perShard,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Statements.GsiPendingClaim)
                {
                    Parameters =
                    {
                        new() { Value = shards.ToArray() },
                        new()
                        {
                            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
                            Value = from,
                        },
                        new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = until },
                        new() { Value = perShard },
                    },
                },
                new NpgsqlBatchCommand(Statements.CatalogStateProbe),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var items = new List<ClaimedItem>();
        var (markers, most) = (0, 0);
        var last = default(DateTime);
        while (await reader.ReadAsync(cancellationToken))
        {
            var gone = reader.IsDBNull(5);
            items.Add(new(
                reader.GetInt32(0),
                new ItemKey(reader.GetGuid(1), reader.GetFieldValue<byte[]>(2)),
                reader.GetFieldValue<int[]>(3),
                gone ? null : reader.GetFieldValue<byte[]>(5),
                gone ? 0 : reader.GetInt32(6)));
            markers = reader.GetInt32(7);
            most = reader.GetInt32(8);
            last = reader.GetDateTime(9);
        }

        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(items, markers, most, last, reader.GetInt64(0), reader.GetBoolean(1));
    }

    private async Task<BatchOutcome> ApplyAsync(
        NpgsqlTransaction transaction, Claim claim, bool careful, CancellationToken cancellationToken)
    {
        // An index that this process does not know yet is looked up, not dropped: the version was read after the claim.
        var definitions = await database.Definitions.GetAtLeastAsync(claim.CatalogVersion, cancellationToken);
        var changes = EntryProjection.Changes(claim.Items, definitions);
        var quarantined = 0;
        if (careful || changes.Exists(change => change.Unreadable is not null))
        {
            quarantined = await EntryWriter.WriteOrQuarantineAsync(transaction, changes, cancellationToken);
        }
        else
        {
            await EntryWriter.WriteAsync(transaction.Connection!, changes, claim.AnyQuarantined, cancellationToken);
        }

        return new(claim.Markers, changes.Count, quarantined);
    }

    private sealed record Turn(List<short> Shards, DateTime Now);

    private sealed record Claim(
        List<ClaimedItem> Items,
        int Markers,
        int MostOfOneShard,
        DateTime LastReadyAt,
        long CatalogVersion,
        bool AnyQuarantined);
}
