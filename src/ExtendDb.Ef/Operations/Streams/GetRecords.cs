using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Streams;

namespace ExtendDb.Ef.Operations.Streams;

/// <summary>Handles GetRecords.</summary>
internal static class GetRecords
{
    private const int MaxRecords = 1_000;

    internal static async Task<GetRecordsResponse> HandleAsync(
        OperationContext context, GetRecordsRequest request, CancellationToken cancellationToken)
    {
        new RequestValidator().AtLeast(request.Limit, 1, "limit").ThrowIfBroken();
        StreamLimit.CheckMost(request.Limit, MaxRecords, $"Limit should be less than or equal to {MaxRecords}");
        var place = ShardIterator.Parse(request.ShardIterator, context.Runtime.Clock.UtcNow);
        await using var access = await StreamAccess.OpenAsync(context, cancellationToken);
        var page = await access.ReadAsync(
            place.Stream, place.Shard, place.Behind, request.Limit ?? MaxRecords, cancellationToken)
            ?? throw new ResourceNotFoundException("Stream does not exist");
        page.DemandUntrimmed(place.Behind);
        var behind = page.Records.Count > 0 ? page.Records[^1].Number : place.Behind;
        var isEnd = page.Status == StreamStatus.DISABLED && (behind ?? page.TrimmedNumber) >= page.LastNumber;
        return new()
        {
            Records = page.Records,
            NextShardIterator = isEnd
                ? null
                : (place with { Behind = behind, CreatedAt = context.Runtime.Clock.UtcNow }).ToString(),
        };
    }
}
