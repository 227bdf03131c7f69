using ExtendDb.Ef.Telemetry;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Runtime;

/// <summary>Counts failures after the commit of a write, and logs them once a minute.</summary>
/// <remarks>
/// Such a failure must not make the write look failed: its markers are committed, and a worker applies them. But a
/// delay of 0 or back-pressure that never works must not stay unnoticed.
/// </remarks>
/// <param name="database">The name of the database.</param>
internal sealed partial class PostCommitFailures(string database, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan BetweenLogs = TimeSpan.FromMinutes(1);

    private long _count;
    private long _loggedAt;

    /// <summary>Counts a failure, and logs it when the last log is older than a minute.</summary>
    public void Add(Exception failure)
    {
        GsiMetrics.FailedAfterCommit(database);
        var count = Interlocked.Increment(ref _count);
        var last = Interlocked.Read(ref _loggedAt);
        if ((count == 1 || time.GetElapsedTime(last) >= BetweenLogs)
            && Interlocked.CompareExchange(ref _loggedAt, time.GetTimestamp(), last) == last)
        {
            Log(logger, count, failure);
        }
    }

    [LoggerMessage(
        401,
        LogLevel.Warning,
        "Writes have committed, but what follows a commit failed {Count} times so far: applying markers without delay, or "
        + "slowing the writer while the indexes lag. A worker applies the markers.")]
    private static partial void Log(ILogger logger, long count, Exception failure);
}
