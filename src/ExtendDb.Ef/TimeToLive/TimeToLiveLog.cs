using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.TimeToLive;

internal static partial class TimeToLiveLog
{
    [LoggerMessage(1, LogLevel.Information, "{Count} expired items of table {Table} are deleted.")]
    public static partial void Deleted(ILogger logger, int count, string table);
}
