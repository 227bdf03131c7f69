using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.IndexLifecycle;

// Ids from 201 on: the worker logs these messages and those of PropagationLog under one category.
internal static partial class IndexLog
{
    [LoggerMessage(201, LogLevel.Information, "Index {Index} of table {Table} is being filled.")]
    public static partial void Creating(ILogger logger, string index, string table);

    [LoggerMessage(202, LogLevel.Warning, "Index {Index} of table {Table} waits for {What}.")]
    public static partial void Waits(ILogger logger, string index, string table, string what);

    [LoggerMessage(203, LogLevel.Information, "Index {Index} of table {Table} is filled.")]
    public static partial void Filled(ILogger logger, string index, string table);

    [LoggerMessage(204, LogLevel.Information, "The rows of the removed {Kind} {Name} ({Id}) are deleted.")]
    public static partial void RowsDeleted(ILogger logger, string kind, string name, int id);

    [LoggerMessage(205, LogLevel.Information, "Nothing waits longer for index {Index} of table {Table} than its new delay of {Delay}.")]
    public static partial void DelayChanged(ILogger logger, string index, string table, TimeSpan delay);

    [LoggerMessage(206, LogLevel.Error, "{Count} entries of index {Index} of table {Table} are wrong; extenddb repair brings them right.")]
    public static partial void Divergent(ILogger logger, long count, string index, string table);

    [LoggerMessage(207, LogLevel.Warning, "The indexes could not be verified; the next time is after the interval.")]
    public static partial void NotVerified(ILogger logger, Exception exception);
}
