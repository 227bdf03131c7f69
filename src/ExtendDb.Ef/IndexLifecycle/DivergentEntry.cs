using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>An entry that a verification found wrong, beside the entry that follows from its item.</summary>
/// <param name="Kind">How the entry differs.</param>
/// <param name="Table">The name of the table.</param>
/// <param name="Index">The name of the index.</param>
/// <param name="Key">The primary key of the item; null when neither the item nor the entry can be read.</param>
/// <param name="Expected">The attributes that the entry should have; null when there should be none, or when nobody can tell.</param>
/// <param name="Found">The attributes that the entry has; null when there is no entry, or when it cannot be read.</param>
/// <param name="Note">What the attributes do not show; null for nothing.</param>
internal sealed record DivergentEntry(
    Divergence Kind,
    string Table,
    string Index,
    AttributeMap? Key,
    AttributeMap? Expected,
    AttributeMap? Found,
    string? Note)
{
    /// <summary>Reads the item and the entry of a key in the snapshot of a verification.</summary>
    public static async Task<DivergentEntry> ReadAsync(
        NpgsqlConnection connection,
        TableDefinition table,
        IndexDefinition index,
        ItemKey key,
        Divergence kind,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Statements.VerifyEntry, connection)
        {
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = index.Id },
                new() { Value = key.PartitionHash },
                new() { Value = key.SortKey },
                new() { Value = key.Slot },
            },
        };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var item = Read(row, 0);
        var found = Read(row, 4);
        var expected = item is null ? null : index.Project(item);
        return new(
            kind,
            table.Name,
            index.Name,
            KeyOf(table, item) ?? KeyOf(table, found),
            expected?.Document,
            found,
            NoteOf(row, key, item, expected, found));
    }

    private static string? NoteOf(
        NpgsqlDataReader row, ItemKey key, AttributeMap? item, ProjectedEntry? expected, AttributeMap? found)
    {
        var place = $"partition_hash {key.PartitionHash}, sort_key \\x{Convert.ToHexStringLower(key.SortKey)}";
        return item is null && !row.IsDBNull(0) ? $"The item cannot be read: {place}."
            : found is null && !row.IsDBNull(4) ? $"The entry cannot be read: {place}."
            : expected is null || found is null ? null
            : new ItemKey(row.GetGuid(1), row.GetFieldValue<byte[]>(2)) != expected.Key ? "The entry stands under another index key."
            : row.GetInt32(3) != expected.SizeBytes ? $"The entry's size is {row.GetInt32(3)} and not {expected.SizeBytes} bytes."
            : null;
    }

    private static AttributeMap? KeyOf(TableDefinition table, AttributeMap? of) =>
        of is null ? null : table.KeySchema.TryKeyOf(of);

    private static AttributeMap? Read(NpgsqlDataReader row, int column)
    {
        try
        {
            return row.IsDBNull(column) ? null : StoredDocument.Read(row.GetFieldValue<byte[]>(column));
        }
        catch (InternalServerErrorException)
        {
            // The note says so.
            return null;
        }
    }
}
