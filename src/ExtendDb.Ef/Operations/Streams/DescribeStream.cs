using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Streams;

namespace ExtendDb.Ef.Operations.Streams;

/// <summary>Handles DescribeStream.</summary>
internal static class DescribeStream
{
    private const int MaxShards = 100;
    private const int MinShardIdLength = 28;
    private const int MaxShardIdLength = 65;

    internal static async Task<DescribeStreamResponse> HandleAsync(
        OperationContext context, DescribeStreamRequest request, CancellationToken cancellationToken)
    {
        if (request.StreamArn is not { Length: > 0 } arn)
        {
            throw new ValidationException("Invalid StreamArn");
        }

        new RequestValidator()
            .AtLeast(request.Limit, 1, "limit")
            .Length(
                request.ExclusiveStartShardId?.Length,
                () => request.ExclusiveStartShardId!,
                MinShardIdLength,
                MaxShardIdLength,
                "exclusiveStartShardId")
            .ThrowIfBroken();
        StreamLimit.CheckMost(request.Limit, MaxShards, $"Limit cannot be greater than the maximum: {MaxShards}");
        await using var access = await StreamAccess.OpenAsync(context, cancellationToken);
        var stream = await access.FindAsync(arn, cancellationToken)
            ?? throw new ResourceNotFoundException($"Requested resource not found: Stream: {arn} not found");
        return new() { StreamDescription = Describe(stream, request, context.Runtime.Options) };
    }

    private static StreamDescription Describe(StreamState stream, DescribeStreamRequest request, ExtendDbOptions options)
    {
        var limit = request.Limit ?? MaxShards;
        var shards = stream.Shards
            .Where(shard => string.CompareOrdinal(shard.Id, request.ExclusiveStartShardId) > 0)
            .Take(limit + 1)
            .Select(Describe)
            .ToList();
        return new()
        {
            StreamArn = StreamArn.Of(options, stream.TableName, stream.Label),
            StreamLabel = stream.Label,
            StreamStatus = stream.Status,
            StreamViewType = stream.ViewType,
            CreationRequestDateTime = stream.CreatedAt,
            TableName = stream.TableName,
            KeySchema = stream.KeySchema,
            Shards = shards.Count > limit ? shards[..limit] : shards,
            LastEvaluatedShardId = shards.Count > limit ? shards[limit - 1].ShardId : null,
        };
    }

    private static Shard Describe(StreamShard shard) => new(
        shard.Id,
        new(
            SequenceNumber.Of(shard.TrimmedNumber + 1),
            shard is { Stream.Status: StreamStatus.DISABLED, LastNumber: > 0 } ? SequenceNumber.Of(shard.LastNumber) : null));
}
