using System.Globalization;

namespace ExtendDb.Ef.Streams;

/// <summary>The ShardId of a stream's shard, in DynamoDB's form: the time of the stream and the number of the shard.</summary>
internal static class ShardId
{
    private const int NumberDigits = 8;

    public static string Of(DateTimeOffset streamCreatedAt, short shard) => string.Create(
        CultureInfo.InvariantCulture, $"shardId-{streamCreatedAt.ToUnixTimeMilliseconds():D20}-{shard:x8}");

    /// <summary>Returns the number of a shard of a stream; null when the text is not the id of one.</summary>
    public static short? Parse(string id, DateTimeOffset streamCreatedAt) =>
        id.Length > NumberDigits
        && short.TryParse(id[^NumberDigits..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var shard)
        && id == Of(streamCreatedAt, shard)
            ? shard
            : null;
}
