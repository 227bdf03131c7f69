using System.Data;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Runtime.Catalog;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Telemetry;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Propagation;

/// <summary>
/// Applies markers: takes the turn of slots, claims due markers and reads their items, writes the entries, commits.
/// </summary>
/// <remarks>
/// One transaction a batch, READ COMMITTED, so that each statement sees what committed before it: the claim comes after
/// the lock of the slot and therefore reads items at least as new as the previous holder of the turn.
/// </remarks>
internal sealed class MarkerBatch(ExtendDbRuntime runtime) : IRuntimePart<MarkerBatch>
{
    public static MarkerBatch Create(ExtendDbRuntime runtime) => new(runtime);

    /// <summary>Applies due markers of the most overdue free slots; none when no marker is due there.</summary>
    public async Task<BatchOutcome> ApplyDueAsync(BatchSizer pace, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        return await ApplyDueAsync(connection, pace, cancellationToken);
    }

    /// <summary>
    /// Applies due markers like <see cref="ApplyDueAsync(BatchSizer, CancellationToken)"/>, over an open connection
    /// without a transaction.
    /// </summary>
    public async Task<BatchOutcome> ApplyDueAsync(
        NpgsqlConnection connection, BatchSizer pace, CancellationToken cancellationToken)
    {
        if (runtime.Hints.IsSweepDue)
        {
            // The sweep reads all slots without hints, before the batch locks any slot.
            await runtime.Lag.ReadAsync(connection, sweep: true, cancellationToken);
        }

        var began = runtime.Time.GetTimestamp();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var hints = runtime.Hints.Current();
        var turn = await TakeTurnAsync(
            connection, hints, pace.Slots, pace.Rotates ? runtime.Rotation.Current() : null, cancellationToken);
        if (turn.Slots.Count == 0)
        {
            return default;
        }

        runtime.Rotation.Taken(turn.Slots);
        using var span = ExtendDbActivity.Batch(runtime.Name);
        try
        {
            var outcome = await ApplyTurnAsync(transaction, turn, hints, pace, began, cancellationToken);
            span?.SetTag("extenddb.gsi.markers", outcome.Markers).SetTag("extenddb.gsi.entries", outcome.Entries);
            return outcome;
        }
        catch (Exception failed)
        {
            span.Failed(failed);
            throw;
        }
    }

    private async Task<BatchOutcome> ApplyTurnAsync(
        NpgsqlTransaction transaction,
        DueSlots turn,
        DateTime[] hints,
        BatchSizer pace,
        long began,
        CancellationToken cancellationToken)
    {
        KillPoint.Reach(KillPoint.WorkerLocked);
        var time = runtime.Time;
        var locked = time.GetTimestamp();
        var perSlot = pace.Claims.Limit(turn.Slots, pace.PerSlot(turn.Slots.Count));
        var claim = await ClaimAsync(transaction.Connection!, turn, pace.Claims, perSlot, cancellationToken);
        KillPoint.Reach(KillPoint.WorkerClaimed);
        var claimedAt = time.GetTimestamp();
        var applied = await ApplyAsync(transaction, claim, pace.IsolatesFailures, cancellationToken);
        KillPoint.Reach(KillPoint.WorkerApplied);
        await transaction.CommitAsync(cancellationToken);
        KillPoint.Reach(KillPoint.WorkerCommitted);

        var full = claim.MostOfOneSlot >= perSlot || claim.LeftDue;
        pace.Done(full, claim.LeftDue || pace.IsLarge(claim.Markers), time.GetElapsedTime(locked));
        pace.Claims.Succeeded(turn.Slots, pace.PerSlot(turn.Slots.Count));
        Learn(turn, claim, hints, full);
        return Report(claim, applied, claimedAt, began) with { Late = turn.Now - turn.Oldest.Min() };
    }

    /// <summary>
    /// Waits for the turn of a slot and applies its markers of a span of time, for a write to indexes without delay.
    /// </summary>
    /// <remarks>
    /// When the turn comes, the markers are either still there, or applied by the previous holder of the turn.
    /// </remarks>
    public async Task ApplyImmediatelyAsync(
        NpgsqlConnection connection,
        short slot,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken)
    {
        const int AtOnce = 100;
        var time = runtime.Time;
        for (var careful = false; ;)
        {
            var began = time.GetTimestamp();
            await using var transaction =
                await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            await using (var turn = TurnBatch(
                connection,
                new NpgsqlBatchCommand(Statements.GsiSlotsLockOne) { Parameters = { new() { Value = slot } } }))
            {
                await turn.ExecuteNonQueryAsync(cancellationToken);
            }

            var claim = await ClaimAsync(
                connection, [slot], [from.UtcDateTime], until.UtcDateTime, AtOnce, cancellationToken);
            var claimedAt = time.GetTimestamp();
            Applied applied;
            try
            {
                applied = await ApplyAsync(transaction, claim, careful, cancellationToken);
            }
            catch (PostgresException refused) when (!careful && SqlErrors.IsOfTheRow(refused))
            {
                careful = true;
                await transaction.RollbackAsync(cancellationToken);
                continue;
            }

            await transaction.CommitAsync(cancellationToken);
            if (claim.Markers > 0)
            {
                Report(claim, applied, claimedAt, began);
            }

            if (claim.Markers < AtOnce && !claim.LeftDue)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Returns the time until the next marker becomes due; negative when one is due, null when none waits.
    /// </summary>
    public async Task<TimeSpan?> UntilNextAsync(CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Statements.GsiPendingNext, connection)
        {
            Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, Value = runtime.Hints.Current() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.IsDBNull(0) ? null : reader.GetDateTime(0) - reader.GetDateTime(1);
    }

    private static NpgsqlBatch TurnBatch(NpgsqlConnection connection, NpgsqlBatchCommand lockSlots) => new(connection)
    {
        BatchCommands = { new NpgsqlBatchCommand(Statements.BatchBegin), lockSlots },
    };

    private static async Task<DueSlots> TakeTurnAsync(
        NpgsqlConnection connection, DateTime[] hints, int mostSlots, long[]? rotation, CancellationToken cancellationToken)
    {
        await using var batch = TurnBatch(connection, new NpgsqlBatchCommand(Statements.GsiSlotsLockDue)
        {
            Parameters =
            {
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, Value = hints },
                new() { Value = mostSlots },
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = (object?)rotation ?? DBNull.Value },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var slots = new List<short>();
        var oldest = new List<DateTime>();
        var now = default(DateTime);
        while (await reader.ReadAsync(cancellationToken))
        {
            slots.Add(reader.GetInt16(0));
            now = reader.GetDateTime(1);
            oldest.Add(reader.GetDateTime(2));
        }

        return new(slots, oldest, now);
    }

    private async Task<Claim> ClaimAsync(
        NpgsqlConnection connection,
        List<short> slots,
        IReadOnlyList<DateTime> from,
        DateTime until,
        int perSlot,
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
                        new() { Value = slots.ToArray() },
                        new()
                        {
                            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
                            Value = from.ToArray(),
                        },
                        new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = until },
                        new() { Value = perSlot },
                        new() { Value = runtime.Options.Propagation.MaxBatchBytes },
                    },
                },
                new NpgsqlBatchCommand(Statements.CatalogStateProbe),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var items = new List<ClaimedItem>();
        var (markers, mostOfOneSlot) = (0, 0);
        var (last, leftDue) = (default(DateTime), false);
        while (await reader.ReadAsync(cancellationToken))
        {
            var gone = reader.IsDBNull(5);
            items.Add(new(
                reader.GetInt32(0),
                new ItemKey(reader.GetGuid(1), reader.GetFieldValue<byte[]>(2)),
                reader.GetFieldValue<int[]>(3),
                reader.GetDateTime(4),
                gone ? null : reader.GetFieldValue<byte[]>(5),
                gone ? 0 : reader.GetInt32(6)));
            markers = reader.GetInt32(7);
            mostOfOneSlot = reader.GetInt32(8);
            last = reader.GetDateTime(9);
            leftDue = reader.GetBoolean(10);
        }

        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(items, markers, mostOfOneSlot, last, leftDue, reader.GetInt64(0), reader.GetBoolean(1));
    }

    /// <summary>Claims markers; that of an item which cannot be read is claimed without it.</summary>
    private async Task<Claim> ClaimAsync(
        NpgsqlConnection connection, DueSlots turn, RefusedClaims refused, int perSlot, CancellationToken cancellationToken)
    {
        try
        {
            return turn.Slots is [var only] && refused.OfFirst(only, turn.Oldest[0]) is { } unreadable
                ? await ClaimFirstAsync(connection, only, turn.Oldest[0], turn.Now, unreadable, cancellationToken)
                : await ClaimAsync(connection, turn.Slots, turn.Oldest, turn.Now, perSlot, cancellationToken);
        }
        catch (PostgresException error) when (SqlErrors.IsOfTheRow(error))
        {
            refused.Refused(turn.Slots, turn.Oldest, perSlot, error);
            throw;
        }
    }

    private static async Task<Claim> ClaimFirstAsync(
        NpgsqlConnection connection,
        short slot,
        DateTime from,
        DateTime until,
        Exception unreadable,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Statements.GsiPendingClaimFirst)
                {
                    Parameters =
                    {
                        new() { Value = slot },
                        new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = from },
                        new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = until },
                    },
                },
                new NpgsqlBatchCommand(Statements.CatalogStateProbe),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var item = new ClaimedItem(
            reader.GetInt32(0),
            new ItemKey(reader.GetGuid(1), reader.GetFieldValue<byte[]>(2)),
            reader.GetFieldValue<int[]>(3),
            reader.GetDateTime(4),
            Document: null,
            SizeBytes: 0,
            unreadable);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new([item], 1, 1, item.ReadyAt, LeftDue: true, reader.GetInt64(0), reader.GetBoolean(1));
    }

    private async Task<Applied> ApplyAsync(
        NpgsqlTransaction transaction, Claim claim, bool careful, CancellationToken cancellationToken)
    {
        // An index that this process does not know yet is looked up, not dropped: the version was read after the claim.
        var definitions = await runtime.Definitions.GetAtLeastAsync(
            claim.CatalogVersion, transaction.Connection!, cancellationToken);
        var changes = EntryProjection.Changes(claim.Items, definitions);
        IReadOnlyCollection<EntryChange> setAside = [];
        if (careful || changes.Exists(change => change.Unreadable is not null))
        {
            setAside = await EntryWriter.WriteOrQuarantineAsync(transaction, changes, cancellationToken);
        }
        else
        {
            await EntryWriter.WriteAsync(transaction.Connection!, changes, claim.AnyQuarantined, cancellationToken);
        }

        return new(changes, setAside, definitions);
    }

    /// <summary>Sets the hints of the slots of a batch behind what it has claimed.</summary>
    private void Learn(DueSlots turn, Claim claim, DateTime[] hints, bool full)
    {
        if (!full)
        {
            turn.Slots.ForEach(slot => runtime.Hints.Drained(slot, turn.Now, hints[slot]));
        }
        else if (turn.Slots is [var only])
        {
            runtime.Hints.From(only, claim.LastReadyAt, hints[only]);
        }
        else
        {
            // The last marker of each slot is as old as the oldest one of some item, or younger.
            foreach (var slot in claim.Items.GroupBy(item => item.Key.Slot, item => item.ReadyAt))
            {
                runtime.Hints.From(slot.Key, slot.Max(), hints[slot.Key]);
            }
        }
    }

    /// <summary>Reports a committed batch to the meter.</summary>
    private BatchOutcome Report(Claim claim, Applied applied, long claimedAt, long began)
    {
        var outcome = new BatchOutcome(claim.Markers, applied.Changes.Count, applied.SetAside.Count, claimedAt);
        GsiMetrics.Batch(runtime.Name, outcome.Markers, outcome.Quarantined, runtime.Time.GetElapsedTime(began));
        if (GsiMetrics.WantsApplied)
        {
            ReportApplied(claim.Items, applied);
        }

        return outcome;
    }

    private void ReportApplied(List<ClaimedItem> items, Applied applied)
    {
        var now = runtime.Clock.UtcNow;
        foreach (var item in items)
        {
            GsiMetrics.Visible(runtime.Name, now - item.ReadyAt);
        }

        foreach (var (id, entries) in applied.Changes.Except(applied.SetAside).CountBy(change => change.IndexId))
        {
            if (applied.Definitions.FindIndex(id) is { } index && applied.Definitions.TableOf(index) is { } table)
            {
                GsiMetrics.Applied(runtime.Name, table.Name, index.Name, entries);
            }
        }
    }

    private sealed record Applied(
        List<EntryChange> Changes, IReadOnlyCollection<EntryChange> SetAside, Definitions Definitions);

    private sealed record DueSlots(List<short> Slots, List<DateTime> Oldest, DateTime Now);

    private sealed record Claim(
        List<ClaimedItem> Items,
        int Markers,
        int MostOfOneSlot,
        DateTime LastReadyAt,
        bool LeftDue,
        long CatalogVersion,
        bool AnyQuarantined);
}
