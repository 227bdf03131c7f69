using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>The option of reporting commands to print JSON.</summary>
internal static class JsonOutput
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Gets the options for a sequence of objects, one on each line.</summary>
    public static JsonSerializerOptions OneLine { get; } = new(Options) { WriteIndented = false };

    public static Option<bool> Option() => new("--json") { Description = "Print one JSON object." };
}
