using System.Globalization;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>A table with three global indexes, of the default delay, and its items of about 300 bytes.</summary>
internal static class IndexedItems
{
    public const string TableName = "Bench";
    public const int Indexes = 3;

    public static CreateTableRequest Table => new(
        TableName,
        [new("Id", KeyType.HASH)],
        [
            new("Id", AttributeType.S), new("Group", AttributeType.S), new("Score", AttributeType.N),
            new("Day", AttributeType.S),
        ])
    {
        GlobalSecondaryIndexes =
        [
            new("by-group", [new("Group", KeyType.HASH), new("Score", KeyType.RANGE)], Projection.All),
            new("by-day", [new("Day", KeyType.HASH), new("Score", KeyType.RANGE)], Projection.Include("Title")),
            new("by-score", [new("Score", KeyType.HASH)], Projection.KeysOnly),
        ],
    };

    /// <summary>Creates the table.</summary>
    /// <returns>Its definition.</returns>
    public static async Task<TableDefinition> CreateTableAsync(IExtendDb extendDb, CancellationToken cancellationToken)
    {
        await extendDb.CreateTableAsync(Table, cancellationToken);
        return await extendDb.GetTableDefinitionAsync(TableName, cancellationToken);
    }

    /// <summary>Returns an item; each call gives it other index keys, so that putting it changes all its entries.</summary>
    public static AttributeMap Item(int number, Random random) => new()
    {
        ["Id"] = "item-" + number.ToString("D8", CultureInfo.InvariantCulture),
        ["Group"] = $"group-{random.Next(1_000)}",
        ["Score"] = random.Next(1_000_000),
        ["Day"] = $"2026-{1 + random.Next(12):D2}-{1 + random.Next(28):D2}",
        ["Title"] = $"The title of item {number}",
        ["Active"] = number % 2 == 0,
        ["Text"] = new string((char)('a' + (number % 26)), 120),
    };

    /// <summary>Copies the first items into the table, without markers.</summary>
    public static async Task CopyAsync(
        NpgsqlConnection connection, TableDefinition table, int count, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        await using var copy = await connection.BeginBinaryImportAsync(BenchmarkSql.CopyItems, cancellationToken);
        for (var i = 0; i < count; i++)
        {
            var item = ExtendDb.Ef.Model.Item.Create(table, Item(i, random));
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(item.TableId, cancellationToken);
            await copy.WriteAsync(item.PartitionHash, cancellationToken);
            await copy.WriteAsync(item.SortKey, cancellationToken);
            await copy.WriteAsync(StoredDocument.Write(item.Document), NpgsqlDbType.Jsonb, cancellationToken);
            await copy.WriteAsync(item.SizeBytes, cancellationToken);
            await copy.WriteAsync(1L, cancellationToken);
            await copy.WriteAsync(item.Slot, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
