using System.CommandLine;
using System.Text.Json;
using ExtendDb.Ef.Server.Verification;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Commands;

internal static class RepairCommand
{
    public static Command Create()
    {
        var json = JsonOutput.Option();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be repaired; exit 3 when something would." };
        var command = new Command("repair", "Find the entries that are wrong, and bring them right through the queue.")
        {
            dryRun,
            json,
        };
        var options = new VerifyOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
            var repair = !parsed.GetValue(dryRun);
            var (found, details) = await options.RunAsync(database.Local(), parsed, repair, cancellationToken);
            var divergent = found.Sum(index => index.Divergent);
            var repaired = found.Sum(index => index.Repaired);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(
                    new { repaired, indexes = found, divergent = options.Shown(details, parsed) }, JsonOutput.Options));
            }
            else
            {
                AnsiConsole.Write(VerifiedTable.Of(found));
                options.Print(details, divergent, parsed);
                Console.WriteLine((divergent, repair) switch
                {
                    (0, _) => "No entry is wrong for good.",
                    (_, true) => $"{repaired:N0} entries are enqueued for a worker, or written where the index is local.",
                    _ => $"{divergent:N0} entries would be repaired.",
                });
                WaitingEntries.Print(found);
                if (repair && repaired < divergent)
                {
                    Console.WriteLine($"{divergent - repaired:N0} entries of local indexes are left: their items cannot be read.");
                }
            }

            return divergent == 0 || (repair && repaired == divergent) ? ExitCode.Ok : ExitCode.EntriesAreWrong;
        });
        return command;
    }
}
