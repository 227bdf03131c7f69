using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Operations.TimeToLive;

// Ids from 101 on: the worker logs these messages and those of PropagationLog under one category.
internal static partial class TimeToLiveLog
{
    [LoggerMessage(101, LogLevel.Information, "{Count} expired items of table {Table} are deleted.")]
    public static partial void Deleted(ILogger logger, int count, string table);

    [LoggerMessage(102, LogLevel.Error, "An expired item of table {Table} cannot be deleted.")]
    public static partial void NotDeleted(ILogger logger, string table, Exception exception);
}
