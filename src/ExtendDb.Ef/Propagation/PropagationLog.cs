using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Propagation;

internal static partial class PropagationLog
{
    [LoggerMessage(1, LogLevel.Information, "Propagation started with {Loops} loops.")]
    public static partial void Started(ILogger logger, int loops);

    [LoggerMessage(2, LogLevel.Information, "Propagation stopped.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "A batch was refused; it will be applied in halves until the cause is alone.")]
    public static partial void Bisecting(ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "{Count} index entries could not be applied and are in quarantine.")]
    public static partial void Quarantined(ILogger logger, int count);
}
