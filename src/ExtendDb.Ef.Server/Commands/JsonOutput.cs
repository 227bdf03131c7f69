using System.CommandLine;
using System.Text.Json;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>The option, common to commands that tell something, to tell it to a program.</summary>
internal static class JsonOutput
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>Gets the same, for objects that follow each other, a line each.</summary>
    public static JsonSerializerOptions OneLine { get; } = new(Options) { WriteIndented = false };

    public static Option<bool> Option() => new("--json") { Description = "Print one JSON object." };
}
