using System.CommandLine;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>Prints the script by which a shell completes this command line.</summary>
/// <remarks>Each script asks the program itself, by the directive <c>[suggest:POSITION]</c> of System.CommandLine.</remarks>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "The shell that reads the script." };
        shell.AcceptOnlyFromAmong(Shells);
        var command = new Command("completion", "Print a script that completes commands and options in a shell.") { shell };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"extenddb.{parsed.GetValue(shell)}")!;
            using var reader = new StreamReader(script);
            Console.Write(await reader.ReadToEndAsync(cancellationToken));
            return ExitCode.Ok;
        });
        return command;
    }
}
