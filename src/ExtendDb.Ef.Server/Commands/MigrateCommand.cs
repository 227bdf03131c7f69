using System.CommandLine;
using ExtendDb.Ef.Migrations;

namespace ExtendDb.Ef.Server.Commands;

internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Create the schema, or bring it up to the version this program needs.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
            var applied = await ExtendDbMigrator.MigrateAsync(database.ConnectionString, cancellationToken);
            foreach (var migration in applied)
            {
                Console.WriteLine($"applied {migration}");
            }

            Console.WriteLine($"{database.Place} is at {ExtendDbMigrator.LastMigration}");
            return ExitCode.Ok;
        });
        return command;
    }
}
