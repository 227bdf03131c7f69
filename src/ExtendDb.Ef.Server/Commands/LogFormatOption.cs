using System.CommandLine;
using ExtendDb.Ef.Server.Serving;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>The option of serve and worker that chooses the format of the log.</summary>
internal static class LogFormatOption
{
    public static Option<LogFormat?> Create() => new("--log-format")
    {
        Description = "The format of the log on the standard error: text or json; that of the configuration, or text, by default.",
    };
}
