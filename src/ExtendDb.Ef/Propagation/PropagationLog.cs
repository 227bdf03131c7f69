using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Propagation;

internal static partial class PropagationLog
{
    [LoggerMessage(1, LogLevel.Information, "Propagation started with {Loops} loops.")]
    public static partial void Started(ILogger logger, int loops);

    [LoggerMessage(2, LogLevel.Information, "Propagation stopped.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "A batch was rolled back and will be tried again in {DelayMs} ms.")]
    public static partial void TransientFailure(ILogger logger, int delayMs, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "A batch was refused; it will be applied in halves until the cause is alone.")]
    public static partial void Bisecting(ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "{Count} index entries could not be applied and are in quarantine.")]
    public static partial void Quarantined(ILogger logger, int count);

    [LoggerMessage(6, LogLevel.Error, "A loop failed and will go on in {DelayMs} ms.")]
    public static partial void LoopFailure(ILogger logger, int delayMs, Exception exception);
}
