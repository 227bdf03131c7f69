using System.Runtime.CompilerServices;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef;

/// <summary>Reads streams for those who keep their places themselves.</summary>
public static class ExtendDbStreamExtensions
{
    /// <summary>Reads the records of all shards of a stream.</summary>
    /// <param name="extendDb">The operations.</param>
    /// <param name="streamArn">The ARN of the stream, the LatestStreamArn of its table.</param>
    /// <param name="after">
    /// For each ShardId the SequenceNumber of the last record that was read before; shards that it does not name, and null, are read
    /// from the oldest record on.
    /// </param>
    /// <param name="poll">
    /// The pause before the shards are looked at again when there is no record; null ends the read then. A disabled stream ends.
    /// </param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>
    /// The records, those of one item in the order of its changes. Keep the ShardId and the SequenceNumber of the last one of each
    /// shard to go on from there.
    /// </returns>
    /// <exception cref="ValidationException">A sequence number is not one of its shard.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such stream.</exception>
    /// <exception cref="TrimmedDataAccessException">Records behind a place are gone.</exception>
    /// <remarks>
    /// One page is held in memory. A read returns each record once. A caller that saves its places apart from the effect of the
    /// records reads the last ones again after a failure between the two. Cost: a GetShardIterator for each shard, then a GetRecords for each page.
    /// </remarks>
    public static IAsyncEnumerable<StreamRecord> ReadStreamAsync(
        this IExtendDb extendDb,
        string streamArn,
        IReadOnlyDictionary<string, string>? after = null,
        TimeSpan? poll = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(extendDb);
        ArgumentNullException.ThrowIfNull(streamArn);
        return ReadAsync(extendDb, streamArn, after, poll, cancellationToken);
    }

    private static async IAsyncEnumerable<StreamRecord> ReadAsync(
        IExtendDb extendDb,
        string arn,
        IReadOnlyDictionary<string, string>? after,
        TimeSpan? poll,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var places = new List<Place>();
        string? start = null;
        do
        {
            var stream = (await extendDb.DescribeStreamAsync(
                new(arn) { ExclusiveStartShardId = start }, cancellationToken)).StreamDescription;
            places.AddRange(stream.Shards.Select(shard => new Place(shard.ShardId, after?.GetValueOrDefault(shard.ShardId))));
            start = stream.LastEvaluatedShardId;
        }
        while (start is not null);

        while (places.Count > 0)
        {
            var isAny = false;
            foreach (var place in places)
            {
                var page = await place.ReadAsync(extendDb, arn, cancellationToken);
                foreach (var record in page.Records)
                {
                    yield return record;
                    place.Last = record.SequenceNumber;
                }

                isAny |= page.Records.Count > 0;
            }

            places.RemoveAll(place => place.Iterator is null);
            if (!isAny && places.Count > 0)
            {
                if (poll is not { } pause)
                {
                    yield break;
                }

                await Task.Delay(pause, cancellationToken);
            }
        }
    }

    private sealed class Place(string shardId, string? last)
    {
        public string? Last { get; set; } = last;

        /// <summary>Gets the iterator of the next page; null before the first page, and at the end of the shard.</summary>
        public string? Iterator { get; private set; }

        public async Task<GetRecordsResponse> ReadAsync(IExtendDb extendDb, string arn, CancellationToken cancellationToken)
        {
            GetRecordsResponse page;
            try
            {
                Iterator ??= await BeginAsync(extendDb, arn, cancellationToken);
                page = await extendDb.GetRecordsAsync(new(Iterator), cancellationToken);
            }
            catch (ExpiredIteratorException)
            {
                // The caller took longer than a quarter of an hour for a page.
                Iterator = await BeginAsync(extendDb, arn, cancellationToken);
                page = await extendDb.GetRecordsAsync(new(Iterator), cancellationToken);
            }

            Iterator = page.NextShardIterator;
            return page;
        }

        private async Task<string> BeginAsync(IExtendDb extendDb, string arn, CancellationToken cancellationToken) =>
            (await extendDb.GetShardIteratorAsync(
                new(arn, shardId, Last is null ? ShardIteratorType.TRIM_HORIZON : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                {
                    SequenceNumber = Last,
                },
                cancellationToken)).ShardIterator;
    }
}
