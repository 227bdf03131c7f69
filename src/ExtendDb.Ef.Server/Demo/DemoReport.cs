using ExtendDb.Ef.IndexLifecycle;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Demo;

/// <summary>Prints the result of the demo as a table.</summary>
internal static class DemoReport
{
    public static void Print(DemoCounts counts, long items, List<VerifiedIndex> verified, LagSamples lag)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("what happened")
            .AddColumn(new TableColumn("").RightAligned());
        table.AddRow("items", $"{items:N0}");
        table.AddRow("  added / changed / unchanged", $"{counts.Added:N0} / {counts.Changed:N0} / {counts.Unchanged:N0}");
        table.AddRow("  removed, their files are gone", $"{counts.Removed:N0}");
        if (counts.LeftOut > 0)
        {
            table.AddRow("files left out, not readable", $"{counts.LeftOut:N0}");
        }

        foreach (var index in verified)
        {
            table.AddRow($"entries {Markup.Escape(index.Index)}", $"{index.Entries:N0}");
        }

        table.AddEmptyRow();
        table.AddRow(
            "markers waiting when the worker was killed",
            counts.WaitingWhenKilled is { } waiting ? $"{waiting:N0}" : "not killed");
        table.AddRow("markers waiting when it was started again", $"{counts.WaitingWhenStarted:N0}");
        table.AddRow("entries lost", Wrong(verified.Sum(i => i.Missing)));
        table.AddRow("entries stale", Wrong(verified.Sum(i => i.Stale)));
        table.AddRow("entries orphaned", Wrong(verified.Sum(i => i.Orphaned)));
        if (verified.Sum(i => i.Waiting) is > 0 and var left)
        {
            table.AddRow("entries in quarantine", Wrong(left));
        }

        table.AddRow("records that waited for the consumer then", $"{counts.UnhandledWhenStarted:N0}");
        table.AddRow("totals by file type that are wrong", Wrong(counts.WrongTotals));

        table.AddEmptyRow();
        table.AddRow("items written per second", Rate(counts.Written, counts.Writing));
        table.AddRow("entries per second, from the first write to lag 0",
            counts.Added < items ? "–" : Rate(verified.Sum(i => i.Entries), counts.Writing + counts.Draining));
        table.AddRow(
            "lag p50 / p99 while a worker ran",
            $"{lag.Percentile(0.50).TotalMilliseconds:N0} ms / {lag.Percentile(0.99).TotalMilliseconds:N0} ms");
        table.AddRow("longest lag until the next worker had caught up", $"{lag.LongestOutage.TotalMilliseconds:N0} ms");
        table.AddRow("lag 0 after the last write", $"{counts.Draining.TotalMilliseconds:N0} ms");
        AnsiConsole.Write(table);
    }

    private static string Rate(long count, TimeSpan time) =>
        count == 0 || time == TimeSpan.Zero ? "–" : $"{count / time.TotalSeconds:N0}";

    private static string Wrong(long count) => count == 0 ? "[green]0[/]" : $"[red]{count:N0}[/]";
}
