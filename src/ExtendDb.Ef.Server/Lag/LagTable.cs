using Spectre.Console;
using Spectre.Console.Rendering;

namespace ExtendDb.Ef.Server.Lag;

/// <summary>Draws a sample, so that it fits a terminal.</summary>
internal static class LagTable
{
    // Of the health check: an application that has these limits lets the check change by them.
    private const double YellowFromSeconds = 10;
    private const double RedFromSeconds = 60;

    // A transaction that ends soon holds nothing back that matters.
    private const double HeldBackFromSeconds = 10;

    private const int NarrowWidth = 80;

    /// <summary>The lines of the table that are not indexes: borders, header and caption, which can take two.</summary>
    private const int OtherLines = 7;

    /// <summary>Returns the table, or the sentence that says why there is none.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="width">The columns of the terminal.</param>
    /// <param name="height">The lines of the terminal; null where they do not matter.</param>
    public static IRenderable Of(LagSample sample, int width, int? height)
    {
        if (sample.Failure is { } failure)
        {
            return new Markup($"[red]{Markup.Escape(failure)}[/]");
        }

        var isNarrow = width < NarrowWidth;
        var table = new Table().Border(isNarrow ? TableBorder.None : TableBorder.Rounded).AddColumn("index");
        foreach (var column in new[] { "lag s", "pending", "quarantine" })
        {
            table.AddColumn(new TableColumn(isNarrow && column == "quarantine" ? "quar." : column).RightAligned().NoWrap());
        }

        var hasBackfill = sample.Indexes.Any(index => index.Backfill is not null);
        if (hasBackfill)
        {
            table.AddColumn(new TableColumn("backfill").RightAligned().NoWrap());
        }

        var shown = Shown(sample.Indexes, height).ToList();
        foreach (var index in shown)
        {
            List<string> row =
            [
                Markup.Escape($"{index.Table}.{index.Index}"),
                Coloured($"{index.LagSeconds:0.000}", index.LagSeconds),
                $"{index.Pending:N0}",
                index.Quarantined == 0 ? "0" : $"[red]{index.Quarantined:N0}[/]",
            ];
            if (hasBackfill)
            {
                row.Add(index.Backfill is { } done ? $"{done:P0}" : "");
            }

            table.AddRow([.. row]);
        }

        return table.Caption(Markup.Escape(Caption(sample, sample.Indexes.Count - shown.Count)));
    }

    // Where not all fit, those with quarantined entries and those that lag most; otherwise the order of names, so that lines keep
    // their places.
    private static IEnumerable<IndexLag> Shown(IReadOnlyList<IndexLag> indexes, int? height)
    {
        var most = height is { } lines ? Math.Max(1, lines - OtherLines) : int.MaxValue;
        return indexes.Count <= most
            ? indexes
            : indexes.OrderByDescending(index => index.Quarantined > 0).ThenByDescending(index => index.LagSeconds)
                .ThenByDescending(index => index.Pending).Take(most);
    }

    private static string Caption(LagSample sample, int hidden)
    {
        var parts = new List<string>
        {
            $"{sample.At.ToLocalTime():HH:mm:ss}",
            $"enqueued {sample.EnqueuedPerSecond:N0}/s, applied {sample.AppliedPerSecond:N0}/s",
        };
        if (hidden > 0)
        {
            parts.Add($"{hidden:N0} that lag less are not shown");
        }

        if (sample.VacuumHeldBackBy is { } holder && sample.VacuumHeldBackSeconds is null or >= HeldBackFromSeconds)
        {
            parts.Add($"VACUUM is held back by {holder}"
                + (sample.VacuumHeldBackSeconds is { } seconds ? $" since {seconds:0} s" : ""));
        }

        return string.Join("; ", parts);
    }

    private static string Coloured(string text, double seconds) =>
        seconds >= RedFromSeconds ? $"[red]{text}[/]" : seconds >= YellowFromSeconds ? $"[yellow]{text}[/]" : text;
}
