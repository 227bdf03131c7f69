using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Streams;

namespace ExtendDb.Ef.Operations.Streams;

/// <summary>Handles ListStreams.</summary>
internal static class ListStreams
{
    private const int MaxStreams = 100;

    internal static async Task<ListStreamsResponse> HandleAsync(
        OperationContext context, ListStreamsRequest request, CancellationToken cancellationToken)
    {
        new RequestValidator().AtLeast(request.Limit, 1, "limit").ThrowIfBroken();
        StreamLimit.CheckMost(request.Limit, MaxStreams, $"Limit cannot be greater than the maximum allowed size: {MaxStreams}");
        var table = request.TableName is { } name ? TableArn.NameOf(name) : null;
        if (table is not null && !ResourceName.IsValid(table))
        {
            // Like DynamoDB Local, a name that no table can have gives an empty list.
            return new() { Streams = [] };
        }

        var limit = request.Limit ?? MaxStreams;
        await using var access = await StreamAccess.OpenAsync(context, cancellationToken);
        var streams = (await StreamState.ReadAsync(access.Connection, table, cancellationToken))
            .OrderBy(stream => stream.TableName, StringComparer.Ordinal).ThenBy(stream => stream.Label, StringComparer.Ordinal);
        var listed = After(streams, request.ExclusiveStartStreamArn)
            .Take(limit + 1)
            .Select(stream => new StreamSummary(
                StreamArn.Of(context.Runtime.Options, stream.TableName, stream.Label), stream.TableName, stream.Label))
            .ToList();
        return listed.Count > limit
            ? new() { Streams = listed[..limit], LastEvaluatedStreamArn = listed[limit - 1].StreamArn }
            : new() { Streams = listed };
    }

    // Like DynamoDB Local, a start that is not the ARN of a stream gives an empty list.
    private static IEnumerable<StreamState> After(IEnumerable<StreamState> streams, string? arn)
    {
        if (arn is null)
        {
            return streams;
        }

        return StreamArn.TryParse(arn, out var start)
            ? streams.SkipWhile(stream => Compare(stream, start) <= 0)
            : [];
    }

    private static int Compare(StreamState stream, StreamArn start) =>
        string.CompareOrdinal(stream.TableName, start.TableName) is not 0 and var byTable
            ? byTable
            : string.CompareOrdinal(stream.Label, start.Label);
}
