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
        var command = new Command("verify", "Compare every index with its items; exit 1 when an entry is wrong.") { json };
        var options = new VerifyOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
            var verified = await options.RunAsync(database.Local(), parsed, repair: false, cancellationToken);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { indexes = verified }, JsonOutput.Options));
            }
            else
            {
                AnsiConsole.Write(VerifiedTable.Of(verified));
            }

            return verified.Any(index => index.Divergent > 0) ? ExitCode.Failed : ExitCode.Ok;
        });
        return command;
    }
}
