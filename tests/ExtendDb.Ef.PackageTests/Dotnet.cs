using System.Diagnostics;
using FluentAssertions;

namespace ExtendDb.Ef.PackageTests;

/// <summary>Runs the SDK as a developer does at a prompt.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Runs a command to its end, which has to be a good one.</summary>
    /// <returns>What the command said.</returns>
    public static async Task<string> RunAsync(
        string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        List<string> all = [.. arguments];
        await using var program = ChildProgram.Start(Start(folder, environment, all));
        var exitCode = await program.ExitCodeAsync(Longest);

        exitCode.Should().Be(0, "dotnet {0} said: {1}{2}", string.Join(' ', all), program.Output, program.Errors);
        return program.Output;
    }

    /// <summary>Describes a process of the SDK in which nothing of the one around it counts: it runs in a test of its own.</summary>
    public static ProcessStartInfo Start(
        string folder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder };
        foreach (var inherited in start.Environment.Keys.Where(IsOfTheOuterRun).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // A node that stays would hold the output of the command open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return start;
    }

    private static bool IsOfTheOuterRun(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTest", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("MSBuild", StringComparison.Ordinal) || name == "DOTNET_CLI_CONTEXT_VERBOSE";
}
