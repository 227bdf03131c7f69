using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Finds the primary key of an item whose entry a verification found divergent.</summary>
internal static class DivergentItem
{
    /// <summary>Returns the key attributes of the item, which an orphaned entry has too.</summary>
    /// <returns>Null when item and entry are gone, or neither can be read.</returns>
    public static async Task<AttributeMap?> KeyOfAsync(
        ExtendDbRuntime runtime,
        TableDefinition table,
        IndexDefinition index,
        ItemKey key,
        CancellationToken cancellationToken) =>
        await ReadAsync(runtime, table, Statements.ItemsRead, table.Id, key, cancellationToken)
        ?? await ReadAsync(runtime, table, Statements.IndexEntriesRead, index.Id, key, cancellationToken);

    private static async Task<AttributeMap?> ReadAsync(
        ExtendDbRuntime runtime,
        TableDefinition table,
        string statement,
        int id,
        ItemKey key,
        CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection)
        {
            Parameters = { new() { Value = id }, new() { Value = key.PartitionHash }, new() { Value = key.SortKey } },
        };
        try
        {
            return await command.ExecuteScalarAsync(cancellationToken) is string text
                && StoredDocument.ReadText(text) is var document
                && table.KeySchema.IsIn(document)
                ? table.KeySchema.KeyOf(document)
                : null;
        }
        catch (InternalServerErrorException)
        {
            return null;
        }
    }
}
