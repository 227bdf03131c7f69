using System.Runtime.CompilerServices;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Typed;

/// <summary>Reads and writes any number of items of a table in batches.</summary>
internal static class TypedBatches
{
    private const int Reads = 100;
    private const int Writes = 25;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public static async IAsyncEnumerable<AttributeMap> GetAsync(
        IExtendDb extendDb,
        string tableName,
        IEnumerable<AttributeMap> keys,
        (string? Expression, IReadOnlyDictionary<string, string>? Names) projection,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var batch in keys.Chunk(Reads))
        {
            var left = new KeysAndAttributes([.. batch.Distinct()])
            {
                ProjectionExpression = projection.Expression,
                ExpressionAttributeNames = projection.Names,
            };
            while (left is not null)
            {
                var response = await extendDb.BatchGetItemAsync(
                    new(new Dictionary<string, KeysAndAttributes> { [tableName] = left }), cancellationToken);
                foreach (var item in response.Responses[tableName])
                {
                    yield return item;
                }

                // These did not fit into the response, so there is nothing to wait for.
                left = response.UnprocessedKeys.GetValueOrDefault(tableName);
            }
        }
    }

    /// <summary>Writes until all is done; of several writes of one item the last counts.</summary>
    public static async Task WriteAsync(
        IExtendDb extendDb,
        string tableName,
        IEnumerable<(AttributeMap Key, WriteRequest Write)> writes,
        CancellationToken cancellationToken)
    {
        foreach (var batch in writes.Chunk(Writes))
        {
            IReadOnlyList<WriteRequest> left = [.. batch.GroupBy(write => write.Key, (_, same) => same.Last().Write)];
            for (var pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks)))
            {
                var response = await extendDb.BatchWriteItemAsync(
                    new(new Dictionary<string, IReadOnlyList<WriteRequest>> { [tableName] = left }), cancellationToken);
                if (!response.UnprocessedItems.TryGetValue(tableName, out var unprocessed) || unprocessed.Count == 0)
                {
                    break;
                }

                // Other transactions hold these items, or the indexes lag too far.
                left = unprocessed;
                await Task.Delay(pause, cancellationToken);
            }
        }
    }
}
