using System.Net;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.WebConsole;

internal static partial class ConsoleLog
{
    [LoggerMessage(1, LogLevel.Information, "Console: {User} did {Operation} on {Target}.")]
    public static partial void Changed(ILogger logger, string user, string operation, string target);

    [LoggerMessage(2, LogLevel.Warning, "Console: {Operation} on {Target} by {User} failed: {Error}.")]
    public static partial void NotChanged(ILogger logger, string user, string operation, string target, string error);

    [LoggerMessage(3, LogLevel.Information, "Console: {User} signed in from {Address}.")]
    public static partial void SignedIn(ILogger logger, string user, IPAddress? address);

    [LoggerMessage(4, LogLevel.Warning, "Console: a sign-in from {Address} failed.")]
    public static partial void SignInFailed(ILogger logger, IPAddress? address);

    [LoggerMessage(5, LogLevel.Warning, "Console: the queue could not be sampled.")]
    public static partial void NotSampled(ILogger logger, Exception failure);
}
