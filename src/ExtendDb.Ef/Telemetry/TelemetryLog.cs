using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Telemetry;

internal static partial class TelemetryLog
{
    [LoggerMessage(301, LogLevel.Warning, "The queue could not be read; its gauges have no value until the next time.")]
    public static partial void NotSampled(ILogger logger, Exception exception);
}
