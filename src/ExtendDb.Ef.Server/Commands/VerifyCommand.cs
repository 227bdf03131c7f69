using System.CommandLine;
using System.Text.Json;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.IndexLifecycle;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Commands;

internal static class VerifyCommand
{
    public static Command Create()
    {
        var table = new Option<string?>("--table") { Description = "Only the indexes of this table." };
        var json = JsonOutput.Option();
        var command = new Command("verify", "Compare every index with its items; exit 1 when an entry is wrong.")
        {
            table,
            json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
            var verified = await RunAsync(database, parsed.GetValue(table), cancellationToken);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { indexes = verified }, JsonOutput.Options));
            }
            else
            {
                AnsiConsole.Write(TableOf(verified));
            }

            return verified.Exists(index => index.Divergent > 0) ? ExitCode.Failed : ExitCode.Ok;
        });
        return command;
    }

    /// <summary>Verifies one table, or all of them.</summary>
    public static async Task<List<VerifiedIndex>> RunAsync(
        ChosenDatabase database, string? tableName, CancellationToken cancellationToken)
    {
        var local = database.Local();
        var definitions = await local.Definitions.GetAsync(cancellationToken);
        IEnumerable<TableDefinition> tables = tableName is null
            ? definitions.Tables.Where(t => t.Status == TableStatus.ACTIVE).OrderBy(t => t.Name, StringComparer.Ordinal)
            : [await database.ExtendDb.FindTableAsync(tableName, cancellationToken)];
        var verified = new List<VerifiedIndex>();
        foreach (var table in tables)
        {
            verified.AddRange(await IndexVerification.RunAsync(local, table, cancellationToken));
        }

        return verified;
    }

    private static Table TableOf(List<VerifiedIndex> verified)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("table", "index");
        foreach (var column in new[] { "items", "entries", "waiting", "missing", "stale", "orphaned" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var index in verified)
        {
            table.AddRow(
                Markup.Escape(index.Table), Markup.Escape(index.Index), $"{index.Items:N0}", $"{index.Entries:N0}",
                $"{index.Waiting:N0}", Wrong(index.Missing), Wrong(index.Stale), Wrong(index.Orphaned));
        }

        return table;
    }

    private static string Wrong(long count) => count == 0 ? "0" : $"[red]{count:N0}[/]";
}
