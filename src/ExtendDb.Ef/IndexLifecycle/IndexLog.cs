using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.IndexLifecycle;

internal static partial class IndexLog
{
    [LoggerMessage(1, LogLevel.Information, "Index {Index} of table {Table} is being filled.")]
    public static partial void Creating(ILogger logger, string index, string table);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "Index {Index} of table {Table} waits for {Count} transactions that began before it; pg_stat_activity shows them.")]
    public static partial void Waits(ILogger logger, string index, string table, int count);

    [LoggerMessage(3, LogLevel.Information, "Index {Index} of table {Table} is filled.")]
    public static partial void Filled(ILogger logger, string index, string table);

    [LoggerMessage(4, LogLevel.Information, "Index {Index} of table {Table} is removed.")]
    public static partial void Removed(ILogger logger, string index, string table);
}
