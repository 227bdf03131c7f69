using ExtendDb.Ef.IndexLifecycle;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>Prints the result of a verification.</summary>
internal static class VerifiedTable
{
    public static Table Of(IEnumerable<VerifiedIndex> verified)
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
