using System.Globalization;
using System.Text;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Operations.TimeToLive;

/// <summary>Scans a table for expired items and deletes them with DeleteItem.</summary>
/// <remarks>
/// The scan can be killed at any point; the next scan starts again. A running scan marks the table's row from time to
/// time, so that other processes do not scan the same table. If two processes do, an item is still deleted only once.
/// An item that cannot be deleted is logged, and does not keep later items from expiring.
/// </remarks>
internal sealed class ExpiredItemSweeper(ExtendDbRuntime runtime, IExtendDb extendDb, ILogger logger)
{
    private const int Chunk = 1_000;
    private const int YearsThatCount = 5;

    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    /// <summary>The result of a scan.</summary>
    /// <param name="Table">The name of the table.</param>
    /// <param name="Deleted">The number of deleted items.</param>
    public sealed record Outcome(string Table, int Deleted);

    /// <summary>Scans the table that is due for a scan.</summary>
    /// <returns>The result of the scan; null when no table is due.</returns>
    public async Task<Outcome?> RunAsync(CancellationToken cancellationToken)
    {
        var interval = runtime.Options.TimeToLive.SweepInterval;
        if (await ClaimAsync(interval, cancellationToken) is not { } table)
        {
            return null;
        }

        var time = runtime.Time;
        var began = time.GetTimestamp();
        var marked = began;
        var deleted = 0;
        (Guid Hash, byte[] Sort)? last = (Guid.Empty, []);
        while (last is { } behind && await MarkAsync(table, TimeSpan.Zero, cancellationToken))
        {
            marked = time.GetTimestamp();
            (last, var keys) = await LookAsync(table, behind, cancellationToken);
            foreach (var key in keys)
            {
                deleted += await DeleteAsync(table, key, cancellationToken) ? 1 : 0;
                if (time.GetElapsedTime(marked) > interval / 4)
                {
                    if (!await MarkAsync(table, TimeSpan.Zero, cancellationToken))
                    {
                        return new(table.Name, deleted);
                    }

                    marked = time.GetTimestamp();
                }
            }
        }

        var wait = DutyCycle.Of(time.GetElapsedTime(began), atLeast: interval);
        wait = wait < LongestInterval ? wait : LongestInterval;
        await MarkAsync(table, wait > interval ? wait - interval : TimeSpan.Zero, cancellationToken);
        return new(table.Name, deleted);
    }

    private sealed record Claimed(int Id, string Name, string StoredAttribute, string[] KeyAttributes)
    {
        public string Attribute { get; } = NulEscaping.Stored.Decode(StoredAttribute);
    }

    private async Task<Claimed?> ClaimAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var claim = new NpgsqlCommand(Statements.TablesClaimSweep, connection)
        {
            Parameters = { new() { Value = interval } },
        };
        await using var row = await claim.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetFieldValue<string[]>(3))
            : null;
    }

    /// <summary>
    /// Marks the table as being scanned; false when the table is gone, or its items do not expire by this attribute any
    /// more.
    /// </summary>
    private async Task<bool> MarkAsync(Claimed table, TimeSpan longer, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var mark = new NpgsqlCommand(Statements.TablesMarkSwept, connection)
        {
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = longer },
                new() { Value = table.StoredAttribute },
            },
        };
        return await mark.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Reads the next items; the last key is null when there are none.</summary>
    private async Task<((Guid Hash, byte[] Sort)? Last, List<string> Keys)> LookAsync(
        Claimed table, (Guid Hash, byte[] Sort) behind, CancellationToken cancellationToken)
    {
        var (first, now) = SecondsThatCount();
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var look = new NpgsqlCommand(Statements.ItemsExpired, connection)
        {
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = behind.Hash },
                new() { Value = behind.Sort },
                new() { Value = Chunk },
                new() { Value = table.StoredAttribute },
                new() { Value = first, NpgsqlDbType = NpgsqlDbType.Numeric },
                new() { Value = now, NpgsqlDbType = NpgsqlDbType.Numeric },
                new() { Value = table.KeyAttributes.Select(NulEscaping.Stored.Encode).ToArray() },
            },
        };
        (Guid Hash, byte[] Sort)? last = null;
        var keys = new List<string>();
        await using var rows = await look.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            last = (rows.GetGuid(0), rows.GetFieldValue<byte[]>(1));
            if (!rows.IsDBNull(2))
            {
                keys.Add(rows.GetString(2));
            }
        }

        return (last, keys);
    }

    /// <summary>Deletes an item if it is still expired.</summary>
    private async Task<bool> DeleteAsync(Claimed table, string key, CancellationToken cancellationToken)
    {
        var (first, now) = SecondsThatCount();
        try
        {
            await extendDb.DeleteItemAsync(
                new(table.Name, StoredDocument.ReadText(key))
                {
                    OnlyTable = table.Id,
                    ConditionExpression = "#expires BETWEEN :first AND :now",
                    ExpressionAttributeNames = new Dictionary<string, string> { ["#expires"] = table.Attribute },
                    ExpressionAttributeValues = new AttributeMap { [":first"] = first, [":now"] = now },
                },
                cancellationToken);
            return true;
        }
        catch (Exception lost) when (lost is ConditionalCheckFailedException or TransactionConflictException
            or ResourceNotFoundException or ProvisionedThroughputExceededException)
        {
            // The item was deleted or prolonged meanwhile, or the table is gone; or a transaction holds the item or its
            // indexes lag, and the next scan will find it again.
            return false;
        }
        catch (Exception refused) when (!cancellationToken.IsCancellationRequested && !SqlErrors.IsTransient(refused))
        {
            TimeToLiveLog.NotDeleted(logger, table.Name, refused);
            return false;
        }
    }

    private (long First, long Now) SecondsThatCount()
    {
        var now = runtime.Clock.UtcNow;
        return (now.AddYears(-YearsThatCount).ToUnixTimeSeconds(), now.ToUnixTimeSeconds());
    }
}
