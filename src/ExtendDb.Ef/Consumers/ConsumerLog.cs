using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Consumers;

/// <summary>The log messages of consumers.</summary>
internal static partial class ConsumerLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Consumer} failed for the {Attempt}. time behind {ShardId} {Number}, with {Count} records.")]
    public static partial void Failed(
        ILogger logger, string consumer, int attempt, string shardId, long number, int count, Exception error);

    [LoggerMessage(2, LogLevel.Error, "{Consumer} stopped behind {ShardId} {Number}. extenddb streams retry lets it go on.")]
    public static partial void Stopped(ILogger logger, string consumer, string shardId, long number, Exception error);

    [LoggerMessage(3, LogLevel.Error, "{Consumer} set the record {ShardId} {Number} aside.")]
    public static partial void SetAside(ILogger logger, string consumer, string shardId, long number, Exception error);

    [LoggerMessage(4, LogLevel.Error, "{Consumer} has missed {Count} records behind {ShardId} {Number}, which were trimmed.")]
    public static partial void Missed(ILogger logger, string consumer, long count, string shardId, long number);

    [LoggerMessage(5, LogLevel.Warning, "{Consumer} failed again with the record {ShardId} {Number}, which is set aside.")]
    public static partial void FailedAgain(ILogger logger, string consumer, string shardId, long number, Exception error);
}
