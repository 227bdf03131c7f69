using System.Text.Json.Serialization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Operations;

/// <summary>The response of GetRecords in the form of the protocol, whose records begin with small letters.</summary>
internal sealed record RecordsResponse(IReadOnlyList<RecordsResponse.Record> Records, string? NextShardIterator)
{
    public static RecordsResponse Of(GetRecordsResponse response) =>
        new([.. response.Records.Select(Record.Of)], response.NextShardIterator);

    /// <summary>A record. Source: DynamoDB Streams API, Record.</summary>
    internal sealed record Record(
        [property: JsonPropertyName("eventID")] string EventId,
        [property: JsonPropertyName("eventName")] StreamEventName EventName,
        [property: JsonPropertyName("eventVersion")] string EventVersion,
        [property: JsonPropertyName("eventSource")] string EventSource,
        [property: JsonPropertyName("awsRegion")] string AwsRegion,
        [property: JsonPropertyName("dynamodb")] Content Content,
        [property: JsonPropertyName("userIdentity")] Identity? UserIdentity)
    {
        public static Record Of(StreamRecord record) => new(
            record.EventId,
            record.EventName,
            "1.1",
            "aws:dynamodb",
            record.AwsRegion,
            new(
                record.ApproximateCreationDateTime,
                record.Keys,
                record.NewImage,
                record.OldImage,
                record.SequenceNumber,
                record.SizeBytes,
                record.StreamViewType),
            record.UserIdentity is { } identity ? new(identity.PrincipalId, identity.Type) : null);
    }

    /// <summary>The change in a record. Source: DynamoDB Streams API, StreamRecord.</summary>
    internal sealed record Content(
        DateTimeOffset ApproximateCreationDateTime,
        AttributeMap Keys,
        AttributeMap? NewImage,
        AttributeMap? OldImage,
        string SequenceNumber,
        long SizeBytes,
        StreamViewType StreamViewType);

    /// <summary>Who made the change. Source: DynamoDB Streams API, Identity.</summary>
    internal sealed record Identity(
        [property: JsonPropertyName("principalId")] string PrincipalId, [property: JsonPropertyName("type")] string Type);
}
