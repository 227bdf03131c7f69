using ExtendDb.Ef.Model;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.StreamLifecycle;

/// <summary>The log messages about streams.</summary>
internal static partial class StreamLog
{
    [LoggerMessage(1, LogLevel.Information, "The stream {Label} of table {Table} is {Status}.")]
    public static partial void Switched(ILogger logger, string table, string label, StreamStatus status);

    [LoggerMessage(2, LogLevel.Debug, "Trimmed {Count} records of table {Table}, {ShardId}.")]
    public static partial void Trimmed(ILogger logger, long count, string table, string shardId);

    [LoggerMessage(3, LogLevel.Warning, "The records of all streams have {Size} bytes; Streams.MaxBytes is {Max}.")]
    public static partial void Full(ILogger logger, long size, long max);
}
