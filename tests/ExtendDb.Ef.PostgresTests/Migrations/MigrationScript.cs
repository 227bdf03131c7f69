using System.Text.RegularExpressions;
using ExtendDb.Ef.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace ExtendDb.Ef.PostgresTests.Migrations;

/// <summary>The script that <c>dotnet ef migrations script</c> writes, and how psql runs it.</summary>
internal static partial class MigrationScript
{
    /// <summary>Writes the script.</summary>
    /// <param name="from">The migration behind which it begins; null for all migrations.</param>
    /// <param name="options">Whether it looks first what the database has.</param>
    public static string Write(string? from = null, MigrationsSqlGenerationOptions options = default)
    {
        using var context = new MigrationsContextFactory().CreateDbContext([]);
        return context.GetService<IMigrator>().GenerateScript(from, options: options);
    }

    /// <summary>Runs each statement by itself on one connection, and stops at the first error.</summary>
    /// <remarks>Npgsql would send them all at once, which changes what is a transaction.</remarks>
    public static async Task RunAsync(string connectionString, string script)
    {
        await using var connection = await Sql.OpenAsync(connectionString);
        foreach (Match statement in Statement().Matches(script))
        {
            await Sql.ExecuteAsync(connection, statement.Value);
        }
    }

    /// <summary>Runs each statement by itself on one connection, and goes on after errors, as psql does by default.</summary>
    /// <returns>The errors.</returns>
    public static async Task<List<string>> RunOnAsync(string connectionString, string script)
    {
        await using var connection = await Sql.OpenAsync(connectionString);
        var errors = new List<string>();
        foreach (Match statement in Statement().Matches(script))
        {
            try
            {
                await Sql.ExecuteAsync(connection, statement.Value);
            }
            catch (PostgresException error)
            {
                errors.Add(error.MessageText);
            }
        }

        return errors;
    }

    // Up to the semicolon that is in no comment, no string, and not between dollar quotes.
    [GeneratedRegex(@"(?>--[^\n]*|'[^']*'|(\$\w*\$).*?\1|[^;])+;", RegexOptions.Singleline)]
    private static partial Regex Statement();
}
