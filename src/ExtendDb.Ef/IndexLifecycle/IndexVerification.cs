using System.Data;
using System.Runtime.CompilerServices;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Querying;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Compares an index with the items of its table, one range of keys after the other.</summary>
/// <remarks>
/// Each range is read in one snapshot, which sees an item's change together with its marker, or neither. So an entry
/// that differs from its item, and has no marker and no row in quarantine, will never become right by itself. A
/// verification runs beside any load; no snapshot lasts longer than a range, so VACUUM goes on.
/// </remarks>
internal static class IndexVerification
{
    private const int ItemsOfRange = 2_000;

    /// <summary>
    /// Compares all ACTIVE indexes of a table, global and local, with all items; none when the table was removed.
    /// </summary>
    public static async Task<List<VerifiedIndex>> RunAsync(
        ExtendDbRuntime runtime, TableDefinition table, CancellationToken cancellationToken)
    {
        var verified = new List<VerifiedIndex>();
        foreach (var index in table.Indexes)
        {
            var counts = new VerifiedIndex(table.Name, index.Name, index.Id);
            var isActive = false;
            await foreach (var range in RangesAsync(runtime, table, index, from: null, cancellationToken))
            {
                isActive = true;
                counts.Add(range);
            }

            if (isActive)
            {
                verified.Add(counts);
            }
        }

        return verified;
    }

    /// <summary>
    /// Compares an index from a key on; returns no range, or no further one, once the index is not ACTIVE.
    /// </summary>
    /// <param name="details">Of how many divergent entries at most the ranges have the attributes.</param>
    public static async IAsyncEnumerable<VerifiedRange> RangesAsync(
        ExtendDbRuntime runtime,
        TableDefinition table,
        IndexDefinition index,
        ItemKey? from,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        int details = 0)
    {
        ItemKey? next = from ?? new ItemKey(Guid.Empty, []);
        while (next is { } place)
        {
            if (await RangeAsync(runtime, table, index, place, details, cancellationToken) is not { } range)
            {
                yield break;
            }

            details -= range.Details.Count;
            next = range.Next;
            yield return range;
        }
    }

    private static async Task<VerifiedRange?> RangeAsync(
        ExtendDbRuntime runtime,
        TableDefinition table,
        IndexDefinition index,
        ItemKey from,
        int details,
        CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var (isActive, end) = await ReadEndAsync(connection, table, index, from, cancellationToken);
        if (!isActive)
        {
            return null;
        }

        var range = new VerifiedRange { Next = end };
        var until = end ?? new ItemKey(Guid.AllBitsSet, SortKeyRange.All.High);
        var differing = await CompareAsync(connection, table, index, from, until, range, cancellationToken);
        if (differing.Count > 0)
        {
            var excused = await ExcusedAsync(connection, table, index, differing, cancellationToken);
            range.Waiting = excused.Count;
            range.Divergent.AddRange(differing.Where((_, i) => !excused.Contains(i + 1)));
            foreach (var (key, kind) in range.Divergent.Take(details))
            {
                range.Details.Add(await DivergentEntry.ReadAsync(connection, table, index, key, kind, cancellationToken));
            }
        }

        return range;
    }

    private static async Task<(bool IsActive, ItemKey? End)> ReadEndAsync(
        NpgsqlConnection connection,
        TableDefinition table,
        IndexDefinition index,
        ItemKey from,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Statements.VerifyBegin),
                new NpgsqlBatchCommand(Statements.VerifyRangeEnd)
                {
                    Parameters =
                    {
                        new() { Value = table.Id },
                        new() { Value = index.Id },
                        new() { Value = from.PartitionHash },
                        new() { Value = from.SortKey },
                        new() { Value = ItemsOfRange },
                    },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) ? (false, null)
            : reader.IsDBNull(0) ? (true, null)
            : (true, new ItemKey(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)));
    }

    private static async Task<List<(ItemKey Key, Divergence Divergence)>> CompareAsync(
        NpgsqlConnection connection,
        TableDefinition table,
        IndexDefinition index,
        ItemKey from,
        ItemKey until,
        VerifiedRange range,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.VerifyCompare, connection)
        {
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = index.Id },
                new() { Value = from.PartitionHash },
                new() { Value = from.SortKey },
                new() { Value = until.PartitionHash },
                new() { Value = until.SortKey },
                new() { Value = ItemsOfRange },
            },
            CommandTimeout = 0,
        };
        var differing = new List<(ItemKey Key, Divergence Divergence)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            range.Items += reader.IsDBNull(2) ? 0 : 1;
            range.Entries += reader.IsDBNull(3) ? 0 : 1;
            if (Compare(reader, index) is { } divergence)
            {
                differing.Add((new(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)), divergence));
            }
        }

        return differing;
    }

    private static Divergence? Compare(NpgsqlDataReader row, IndexDefinition index)
    {
        ProjectedEntry? expected;
        try
        {
            expected = row.IsDBNull(2) ? null : index.Project(StoredDocument.Read(row.GetFieldValue<byte[]>(2)));
        }
        catch (InternalServerErrorException)
        {
            // An item that cannot be read has no expected entry; unless its key is in quarantine, that is worth an
            // alarm.
            return Divergence.Stale;
        }

        if (row.IsDBNull(3))
        {
            return expected is null ? null : Divergence.Missing;
        }

        if (expected is null)
        {
            return Divergence.Orphaned;
        }

        var sameDocument = row.IsDBNull(6)
            ? index.Projection.ProjectionType == ProjectionType.ALL
                || expected.Document.Equals(StoredDocument.Read(row.GetFieldValue<byte[]>(2)))
            : ReadsAs(row.GetFieldValue<byte[]>(6), expected.Document);
        var entryKey = new ItemKey(row.GetGuid(3), row.GetFieldValue<byte[]>(4));
        return sameDocument && entryKey == expected.Key && row.GetInt32(5) == expected.SizeBytes
            ? null
            : Divergence.Stale;
    }

    private static bool ReadsAs(byte[] entry, AttributeMap expected)
    {
        try
        {
            return StoredDocument.Read(entry).Equals(expected);
        }
        catch (InternalServerErrorException)
        {
            return false;
        }
    }

    private static async Task<HashSet<int>> ExcusedAsync(
        NpgsqlConnection connection,
        TableDefinition table,
        IndexDefinition index,
        List<(ItemKey Key, Divergence Divergence)> differing,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.VerifyExcused, connection)
        {
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = index.Id },
                new() { Value = differing.Select(d => d.Key.Slot).ToArray() },
                new() { Value = differing.Select(d => d.Key.PartitionHash).ToArray() },
                new() { Value = differing.Select(d => d.Key.SortKey).ToArray() },
            },
            CommandTimeout = 0,
        };
        var excused = new HashSet<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            excused.Add(reader.GetInt32(0));
        }

        return excused;
    }
}
