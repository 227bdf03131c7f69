using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Propagation;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

/// <summary>Many items with all their entries, written at once and without markers; and damage done to them by SQL.</summary>
internal static class WrittenItems
{
    private const string Insert = """
        INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
        SELECT $1, n.partition_hash, n.sort_key, n.document, n.size_bytes, 1, get_byte(uuid_send(n.partition_hash), 0) >> 2
        FROM unnest($2::uuid[], $3::bytea[], $4::text[]::jsonb[], $5::int[]) AS n (partition_hash, sort_key, document, size_bytes)
        """;

    public static async Task AddAsync(PropagationHost host, TableDefinition table, IEnumerable<AttributeMap> documents)
    {
        var items = documents.Select(document => Item.Create(table, document)).ToList();
        await Oracle.ScalarAsync(
            host,
            Insert,
            table.Id,
            items.Select(i => i.PartitionHash).ToArray(),
            items.Select(i => i.SortKey).ToArray(),
            items.Select(i => StoredDocument.WriteText(i.Document)).ToArray(),
            items.Select(i => i.SizeBytes).ToArray());
        var entries =
            from item in items
            from index in table.Indexes
            let entry = index.Project(item.Document)
            where entry is not null
            select new EntryChange(
                table.Id, index.Id, item.Key,
                new(entry.Key, StoredDocument.Write(entry.Document), entry.SizeBytes));
        await using var connection = await host.Database.Connections.OpenAsync(default);
        await EntryWriter.WriteAsync(connection, [.. entries], heal: false, default);
    }

    /// <summary>Names the n-th places of a table in the order of their keys, from 0, for a WHERE.</summary>
    public static string Places(TableDefinition table, params int[] numbers) => $"""
        (partition_hash, sort_key) IN (
            SELECT partition_hash, sort_key
            FROM (
                SELECT partition_hash, sort_key, row_number() OVER (ORDER BY partition_hash, sort_key) - 1 AS n
                FROM extenddb.items WHERE table_id = {table.Id}
            ) AS numbered
            WHERE n IN ({string.Join(',', numbers)}))
        """;

    public static Task RemoveEntriesAsync(PropagationHost host, TableDefinition table, string index, params int[] numbers) =>
        Oracle.ScalarAsync(
            host,
            $"""
            DELETE FROM extenddb.index_entries
            WHERE index_id = {table.Indexes.Single(i => i.Name == index).Id} AND {Places(table, numbers)}
            """);

    /// <summary>Counts the markers that wait, by the names of their indexes.</summary>
    public static async Task<Dictionary<string, int>> MarkersAsync(PropagationHost host, TableDefinition table)
    {
        await using var context = host.CreateContext();
        var markers = await context.GsiPending.AsNoTracking().ToListAsync();
        return markers.SelectMany(m => m.IndexIds)
            .CountBy(id => table.Indexes.Single(i => i.Id == id).Name).ToDictionary(StringComparer.Ordinal);
    }
}
