using System.Text.Json;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Measures how many items and bytes a table and its indexes hold.</summary>
/// <remarks>
/// Up to 10,000 items or entries are counted exactly. For more, the result is PostgreSQL's estimate of their number,
/// and the average size of the first 10,000.
/// </remarks>
internal static class TableSizes
{
    private const int MostCounted = 10_000;

    /// <summary>Returns the description of a table with its sizes.</summary>
    /// <remarks>
    /// Cost: one round trip that reads up to 10,001 rows for the table and for each index, and one more for each of
    /// them that is larger.
    /// </remarks>
    public static async Task<TableDescription> DescribeAsync(
        OperationContext context, Table table, CancellationToken cancellationToken)
    {
        var described = TableDescription.Of(table, context.Runtime.Options, context.Runtime.Clock.UtcNow);
        var indexes = table.SecondaryIndexes.ToList();
        await using var connection = await OperationConnection.OpenToReadAsync(context, cancellationToken);
        var sizes = await ReadAsync(connection.Connection, table.Id, indexes.ConvertAll(i => i.Id), cancellationToken);
        var ofIndex = indexes.Zip(sizes.Skip(1)).ToDictionary(p => p.First.Name, p => p.Second, StringComparer.Ordinal);
        return described with
        {
            ItemCount = sizes[0].Count,
            TableSizeBytes = sizes[0].Bytes,
            GlobalSecondaryIndexes = [.. described.GlobalSecondaryIndexes.Select(WithSize)],
            LocalSecondaryIndexes = [.. described.LocalSecondaryIndexes.Select(WithSize)],
        };

        IndexDescription WithSize(IndexDescription index) => index with
        {
            ItemCount = ofIndex[index.IndexName].Count,
            IndexSizeBytes = ofIndex[index.IndexName].Bytes,
        };
    }

    private static async Task<List<Size>> ReadAsync(
        NpgsqlConnection connection, int table, List<int> indexes, CancellationToken cancellationToken)
    {
        var sizes = new List<Size>();
        await using (var batch = new NpgsqlBatch(connection) { BatchCommands = { Counting(Statements.ItemsSize, table) } })
        {
            foreach (var index in indexes)
            {
                batch.BatchCommands.Add(Counting(Statements.IndexEntriesSize, index));
            }

            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            do
            {
                await reader.ReadAsync(cancellationToken);
                sizes.Add(new(reader.GetInt64(0), reader.GetInt64(1)));
            }
            while (await reader.NextResultAsync(cancellationToken));
        }

        for (var i = 0; i < sizes.Count; i++)
        {
            if (sizes[i].Count > MostCounted)
            {
                var (statement, id) = i == 0
                    ? (Statements.ItemsOfTable, table)
                    : (Statements.IndexEntriesOfIndex, indexes[i - 1]);
                var estimate = await EstimateAsync(connection, statement, id, cancellationToken);
                sizes[i] = sizes[i].Scaled(Math.Max(estimate, sizes[i].Count));
            }
        }

        return sizes;
    }

    private static NpgsqlBatchCommand Counting(string statement, int id) =>
        new(statement) { Parameters = { new() { Value = id }, new() { Value = MostCounted + 1 } } };

    private static async Task<long> EstimateAsync(
        NpgsqlConnection connection, string statement, int id, CancellationToken cancellationToken)
    {
        await using var explain = new NpgsqlCommand("EXPLAIN (FORMAT JSON) " + statement, connection)
        {
            Parameters = { new() { Value = id } },
        };
        using var plan = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync(cancellationToken))!);
        return (long)plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
    }

    private readonly record struct Size(long Count, long Bytes)
    {
        public Size Scaled(long count) => new(count, (long)((double)Bytes / Count * count));
    }
}
