using System.CommandLine;
using System.Text.Json;
using ExtendDb.Ef.Server.Verification;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Commands;

internal static class VerifyCommand
{
    public static Command Create()
    {
        var json = JsonOutput.Option();
        var command = new Command("verify", "Compare every index with its items; exit 3 when an entry is wrong.") { json };
        var options = new VerifyOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
            var (verified, details) = await options.RunAsync(database.Local(), parsed, repair: false, cancellationToken);
            var divergent = verified.Sum(index => index.Divergent);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    new { indexes = verified, divergent = options.Shown(details, parsed) }, JsonOutput.Options));
            }
            else
            {
                AnsiConsole.Write(VerifiedTable.Of(verified));
                options.Print(details, divergent, parsed);
                WaitingEntries.Print(verified);
            }

            return divergent > 0 ? ExitCode.EntriesAreWrong : ExitCode.Ok;
        });
        return command;
    }
}
