using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Server.Serving;

internal static partial class ServerLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "INSECURE: no access keys are configured, and {Address} can be reached by other machines. Whoever reaches it can "
        + "read and change all tables.")]
    public static partial void Insecure(ILogger logger, string address);
}
