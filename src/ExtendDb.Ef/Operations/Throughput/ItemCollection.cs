using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Operations.Throughput;

/// <summary>Measures item collections: the items with one partition key and their entries in local indexes.</summary>
internal static class ItemCollection
{
    private const double BytesPerGigabyte = 1024.0 * 1024 * 1024;

    /// <summary>
    /// Returns the size of the collection of an item; null when the request did not ask, or the table has no local
    /// index.
    /// </summary>
    /// <remarks>Cost: one statement that reads the sizes of all items of the collection.</remarks>
    public static async Task<ItemCollectionMetrics?> MeasureAsync(
        ReturnItemCollectionMetrics asked,
        OperationContext context,
        TableDefinition table,
        AttributeMap key,
        CancellationToken cancellationToken)
    {
        if (asked != ReturnItemCollectionMetrics.SIZE || table.LocalIndexes.Count == 0)
        {
            return null;
        }

        var value = key[table.KeySchema.Hash.Name];
        var hash = PartitionHash.Of(value);
        await using var held = await OperationConnection.OpenAsync(context, cancellationToken);
        await using var command = new NpgsqlCommand(Statements.ItemsCollectionSize, held.Connection)
        {
            Parameters =
            {
                new() { Value = table.Id },
                new() { Value = hash },
                new() { Value = table.LocalIndexes.Select(index => index.Id).ToArray() },
                new() { Value = ItemSlot.Of(hash) },
            },
        };
        var gigabytes = Math.Floor((long)(await command.ExecuteScalarAsync(cancellationToken))! / BytesPerGigabyte);
        return new(new AttributeMap { [table.KeySchema.Hash.Name] = value }, [gigabytes, gigabytes + 1]);
    }
}
