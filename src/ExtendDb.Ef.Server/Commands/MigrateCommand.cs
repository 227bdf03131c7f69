using System.CommandLine;
using ExtendDb.Ef.Migrations;
using Npgsql;

namespace ExtendDb.Ef.Server.Commands;

internal static class MigrateCommand
{
    public static Command Create()
    {
        var create = new Option<bool>("--create-database") { Description = "Create the database when the server has none of that name." };
        var command = new Command("migrate", "Create the schema, or bring it up to the version this program needs.") { create };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
            if (!database.IsPrivate && !parsed.GetValue(create))
            {
                await DemandDatabaseAsync(database.ConnectionString, cancellationToken);
            }

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

    // A typo in a name must not become a database of its own.
    private static async Task DemandDatabaseAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
    }
}
