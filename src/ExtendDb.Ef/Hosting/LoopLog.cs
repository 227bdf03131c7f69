using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExtendDb.Ef.Hosting;

/// <summary>Logs the failures of background loops, those of one kind together.</summary>
internal static partial class LoopLog
{
    // All loops meet an outage of the database, each with errors of several kinds.
    private const string Passing = "passing";

    /// <summary>Logs a failed step, unless an equal failure was logged shortly before.</summary>
    /// <returns>The kind of the failure, for <see cref="GoesOn"/>.</returns>
    public static string Failed(ExtendDbRuntime runtime, ILogger logger, string loop, TimeSpan delay, Exception failure)
    {
        var isPassing = SqlErrors.IsTransient(failure);
        var kind = isPassing ? Passing
            : failure is PostgresException { SqlState: var state } ? state
            : $"{loop} {failure.GetType()}";
        var level = isPassing ? LogLevel.Warning : LogLevel.Error;
        var occurrence = runtime.Failures.Add(kind);
        if (occurrence.IsFirst)
        {
            First(logger, level, loop, (int)delay.TotalMilliseconds, failure);
        }
        else if (occurrence.IsDue)
        {
            Again(logger, level, occurrence.Count, (int)occurrence.For.TotalSeconds, failure.Message);
        }

        return kind;
    }

    /// <summary>Logs once that a loop whose steps failed goes on.</summary>
    public static void GoesOn(ExtendDbRuntime runtime, ILogger logger, string loop, string kind)
    {
        if (runtime.Failures.End(kind) is { } ended)
        {
            Ended(logger, loop, ended.Count, (int)ended.For.TotalSeconds);
        }
    }

    [LoggerMessage(EventId = 501, Message = "{Loop} failed and will go on in {DelayMs} ms.")]
    private static partial void First(ILogger logger, LogLevel level, string loop, int delayMs, Exception exception);

    [LoggerMessage(
        EventId = 502,
        Message = "Background loops have failed in {Attempts} attempts for {Seconds} s, the last one with: {Error}")]
    private static partial void Again(ILogger logger, LogLevel level, long attempts, int seconds, string error);

    [LoggerMessage(503, LogLevel.Information, "{Loop} goes on after {Attempts} failed attempts in {Seconds} s.")]
    private static partial void Ended(ILogger logger, string loop, long attempts, int seconds);
}
