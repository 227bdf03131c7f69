using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.AspNetCore.Telemetry;

internal static partial class EndpointLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Operation} {RequestId} was refused: {Error}")]
    public static partial void Refused(ILogger logger, string operation, string requestId, string error);

    [LoggerMessage(2, LogLevel.Warning, "{Operation} {RequestId} found the database unavailable")]
    public static partial void Unavailable(ILogger logger, string operation, string requestId, Exception failure);

    [LoggerMessage(7, LogLevel.Debug, "{Operation} {RequestId} found the database unavailable as others before: {Error}")]
    public static partial void UnavailableAgain(ILogger logger, string operation, string requestId, string error);

    [LoggerMessage(5, LogLevel.Warning, "{Requests} requests have found the database unavailable for {Seconds} s, the last one with: {Error}")]
    public static partial void StillUnavailable(ILogger logger, long requests, int seconds, string error);

    [LoggerMessage(8, LogLevel.Information, "Requests find the database again, after {Requests} that did not in {Seconds} s")]
    public static partial void AvailableAgain(ILogger logger, long requests, int seconds);

    [LoggerMessage(6, LogLevel.Error, "{Operation} {RequestId} failed as others before: {Error}")]
    public static partial void FailedAgain(ILogger logger, string operation, string requestId, string error);

    [LoggerMessage(4, LogLevel.Warning, "{Operation} {RequestId} was throttled: too many requests wait for a connection")]
    public static partial void Throttled(ILogger logger, string operation, string requestId);

    [LoggerMessage(3, LogLevel.Error, "{Operation} {RequestId} failed")]
    public static partial void Failed(ILogger logger, string operation, string requestId, Exception failure);
}
