using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Streams;

namespace ExtendDb.Ef.Operations.Streams;

/// <summary>Handles GetShardIterator.</summary>
internal static class GetShardIterator
{
    internal static async Task<GetShardIteratorResponse> HandleAsync(
        OperationContext context, GetShardIteratorRequest request, CancellationToken cancellationToken)
    {
        Check(request);
        await using var access = await StreamAccess.OpenAsync(context, cancellationToken);
        var stream = await access.FindAsync(request.StreamArn, cancellationToken)
            ?? throw new ResourceNotFoundException("Stream does not exist");
        var shard = ShardId.Parse(request.ShardId, stream.CreatedAt) is { } number
            ? stream.Shards.Find(each => each.Number == number)
            : null;
        if (shard is null)
        {
            throw new ResourceNotFoundException("Shard does not exist");
        }

        var page = await access.ReadAsync(stream.Id, shard.Number, long.MaxValue - 1, 1, cancellationToken)
            ?? throw new ResourceNotFoundException("Stream does not exist");
        return new()
        {
            ShardIterator = new ShardIterator(
                stream.Id, shard.Number, BehindOf(request, page), context.Runtime.Clock.UtcNow).ToString(),
        };
    }

    private static void Check(GetShardIteratorRequest request)
    {
        if (string.IsNullOrEmpty(request.StreamArn))
        {
            throw ValidationException.InvalidParameter("streamArn cannot be empty or null.");
        }

        if (string.IsNullOrEmpty(request.ShardId))
        {
            throw new ValidationException("No ShardId specified.");
        }

        new RequestValidator()
            .Length(
                request.SequenceNumber?.Length,
                () => request.SequenceNumber!,
                SequenceNumber.MinLength,
                SequenceNumber.MaxLength,
                "sequenceNumber")
            .OneOf<ShardIteratorType>(
                request.ShardIteratorType,
                "shardIteratorType",
                ShardIteratorType.AFTER_SEQUENCE_NUMBER,
                ShardIteratorType.AT_SEQUENCE_NUMBER,
                ShardIteratorType.LATEST,
                ShardIteratorType.TRIM_HORIZON)
            .ThrowIfBroken();
        var takesNumber =
            request.ShardIteratorType is ShardIteratorType.AT_SEQUENCE_NUMBER or ShardIteratorType.AFTER_SEQUENCE_NUMBER;
        if (takesNumber && request.SequenceNumber is null)
        {
            throw ValidationException.InvalidParameter("Invalid SequenceNumber");
        }

        if (!takesNumber && request.SequenceNumber is not null)
        {
            throw ValidationException.InvalidParameter("SequenceNumber should not be passed for this iterator type");
        }
    }

    private static long? BehindOf(GetShardIteratorRequest request, ShardPage page)
    {
        switch (request.ShardIteratorType)
        {
            case ShardIteratorType.TRIM_HORIZON:
                return null;
            case ShardIteratorType.LATEST:
                return page.LastNumber;
        }

        // The first number of a shard can be asked for before there is a record.
        var isAt = request.ShardIteratorType == ShardIteratorType.AT_SEQUENCE_NUMBER;
        if (SequenceNumber.Parse(request.SequenceNumber!) is not (> 0 and var number)
            || number > Math.Max(page.LastNumber, isAt ? page.TrimmedNumber + 1 : 0))
        {
            throw new ValidationException("Invalid SequenceNumber for the shard");
        }

        var behind = isAt ? number - 1 : number;
        return behind >= page.TrimmedNumber ? behind : throw new TrimmedDataAccessException();
    }
}
