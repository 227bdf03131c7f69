using System.Data;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Compares an index with the items of its table.</summary>
/// <remarks>
/// One snapshot sees an item's change and its marker, or neither; so an entry that differs from its item and has no
/// marker, and is not in quarantine, will never become right by itself. It runs beside any load, and reads as a stream.
/// </remarks>
internal static class IndexVerification
{
    private const int Chunk = 500;

    /// <summary>Compares all ACTIVE indexes of a table, global and local, each with all items; none when it is being deleted.</summary>
    public static async Task<List<VerifiedIndex>> RunAsync(
        LocalDatabase database, TableDefinition table, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var verified = new List<VerifiedIndex>();
        var active = await ReadActiveAsync(connection, table, cancellationToken);
        foreach (var index in table.Indexes.Where(i => active.Contains(i.Id)))
        {
            verified.Add(await RunAsync(connection, table, index, cancellationToken));
        }

        return verified;
    }

    /// <summary>Reads which indexes hold all their entries in this snapshot, which the definitions may be older than.</summary>
    private static async Task<HashSet<int>> ReadActiveAsync(
        NpgsqlConnection connection, TableDefinition table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.VerifyActiveIndexes, connection)
        {
            Parameters = { new() { Value = table.Id } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var active = new HashSet<int>();
        while (await reader.ReadAsync(cancellationToken))
        {
            active.Add(reader.GetInt32(0));
        }

        return active;
    }

    private static async Task<VerifiedIndex> RunAsync(
        NpgsqlConnection connection, TableDefinition table, IndexDefinition index, CancellationToken cancellationToken)
    {
        var counts = new VerifiedIndex(table.Name, index.Name);
        var differing = new List<(ItemKey Key, Divergence Divergence)>();
        await using (var command = new NpgsqlCommand(Statements.VerifyCompare, connection)
        {
            Parameters = { new() { Value = table.Id }, new() { Value = index.Id } },
            CommandTimeout = 0,
        })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                counts.Items += reader.IsDBNull(2) ? 0 : 1;
                counts.Entries += reader.IsDBNull(3) ? 0 : 1;
                if (Compare(reader, index) is { } divergence)
                {
                    differing.Add((new(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)), divergence));
                }
            }
        }

        foreach (var chunk in differing.Chunk(Chunk))
        {
            var excused = await ExcusedAsync(connection, table, index, chunk, cancellationToken);
            for (var i = 0; i < chunk.Length; i++)
            {
                if (excused.Contains(i + 1))
                {
                    counts.Waiting++;
                }
                else
                {
                    counts.Add(chunk[i].Divergence);
                }
            }
        }

        return counts;
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
            // Nothing follows from an item that cannot be read; unless its key is in quarantine, that is worth an alarm.
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
        (ItemKey Key, Divergence Divergence)[] chunk,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.VerifyExcused, connection)
        {
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = index.Id },
                new() { Value = chunk.Select(d => Shard.Of(d.Key)).ToArray() },
                new() { Value = chunk.Select(d => d.Key.PartitionHash).ToArray() },
                new() { Value = chunk.Select(d => d.Key.SortKey).ToArray() },
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
