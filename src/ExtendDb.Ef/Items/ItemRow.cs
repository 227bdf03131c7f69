using System.Data.Common;
using System.Text.Json;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Items;

/// <summary>Reads one item by its key on a context's connection, in its transaction if it has one.</summary>
internal static class ItemRow
{
    public static Task<Item?> ReadAsync(
        DbContext context, TableDefinition table, ItemKey key, CancellationToken cancellationToken) =>
        ReadAsync(Statements.ItemsRead, context, table, key, cancellationToken);

    /// <summary>Reads an item and locks its row until the end of the transaction.</summary>
    public static Task<Item?> ReadLockedAsync(
        DbContext context, TableDefinition table, ItemKey key, CancellationToken cancellationToken) =>
        ReadAsync(Statements.ItemsReadLocked, context, table, key, cancellationToken);

    private static async Task<Item?> ReadAsync(
        string statement, DbContext context, TableDefinition table, ItemKey key, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(
                statement,
                (NpgsqlConnection)context.Database.GetDbConnection(),
                (NpgsqlTransaction?)context.Database.CurrentTransaction?.GetDbTransaction())
            {
                Parameters = { new() { Value = table.Id }, new() { Value = key.PartitionHash }, new() { Value = key.SortKey } },
            };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken)
                ? Item.FromRow(table.Id, key, ReadDocument(reader, 0), reader.GetInt32(1), reader.GetInt64(2))
                : null;
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Reads a document column.</summary>
    /// <exception cref="InternalServerErrorException">It is not DynamoDB JSON: something else has written it.</exception>
    public static AttributeMap ReadDocument(DbDataReader reader, int column)
    {
        try
        {
            return StoredDocument.Read(reader.GetFieldValue<byte[]>(column));
        }
        catch (Exception unreadable) when (unreadable is JsonException or ValidationException)
        {
            throw new InternalServerErrorException("A stored document cannot be read: " + unreadable.Message, unreadable);
        }
    }

    /// <summary>Refuses a stored item whose key is not the one that was asked for: two values have one hash.</summary>
    public static void CheckKey(KeySchema schema, AttributeMap asked, AttributeMap stored)
    {
        foreach (var part in schema.Attributes)
        {
            if (asked.TryGetValue(part.Name, out var value)
                && !(stored.TryGetValue(part.Name, out var theirs) && theirs.Equals(value)))
            {
                throw new InternalServerErrorException(
                    $"Another value of {part.Name} than the one asked for is stored under the same hash.");
            }
        }
    }
}
