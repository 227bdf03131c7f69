using System.Diagnostics;

namespace ExtendDb.Ef.InstalledProgramTests.OtherLanguages;

/// <summary>Runs a program to its end, with credentials for any server and none of the user's own settings for AWS.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a program.</summary>
    /// <returns>What it said and how it ended.</returns>
    /// <exception cref="TimeoutException">It did not end in time; it is killed.</exception>
    public static async Task<Ended> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfAws).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["AWS_ACCESS_KEY_ID"] = "any";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "any";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_MAX_ATTEMPTS"] = "1";
        start.Environment["AWS_PAGER"] = string.Empty;
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] =
            Path.Combine(Path.GetTempPath(), "extenddb-no-aws-settings");

        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TestDeadline.Usual);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {TestDeadline.Usual}.");
        }
    }

    private static bool IsOfAws(string name) => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase);

    /// <summary>How a program ended.</summary>
    internal sealed record Ended(int ExitCode, string Output, string Error);
}
