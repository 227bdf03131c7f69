using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Operations.TimeToLive;

// Numbered from 101: the worker logs these and those of PropagationLog under one name.
internal static partial class TimeToLiveLog
{
    [LoggerMessage(101, LogLevel.Information, "{Count} expired items of table {Table} are deleted.")]
    public static partial void Deleted(ILogger logger, int count, string table);

    [LoggerMessage(102, LogLevel.Error, "An expired item of table {Table} cannot be deleted.")]
    public static partial void NotDeleted(ILogger logger, string table, Exception exception);
}
