using System.CommandLine;
using System.Text.Json;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Commands;

internal static class StatusCommand
{
    public static Command Create()
    {
        var json = JsonOutput.Option();
        var command = new Command("status", "Show the schema version, the tables, and what waits for their indexes.") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
            var status = await ReadAsync(database, cancellationToken);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(status, JsonOutput.Options));
            }
            else
            {
                Print(database, status);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<Status> ReadAsync(ChosenDatabase database, CancellationToken cancellationToken)
    {
        var local = database.Local();
        var definitions = await local.Definitions.GetAsync(cancellationToken);
        var queue = await QueueReader.ReadAsync(local, cancellationToken);
        var backfills = await QueueReader.ReadBackfillsAsync(local, cancellationToken);
        return new(
            SchemaVersion.Required,
            await QueueReader.CountAsync(local, cancellationToken),
            (await local.Lag.ReadAsync(cancellationToken)).Most.TotalSeconds,
            queue.Values.Sum(index => index.Quarantined),
            [
                .. definitions.Tables.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => new TableLine(
                    t.Name, [.. t.Indexes.Select(i => LineOf(i, queue.GetValueOrDefault(i.Id), backfills))])),
            ]);
    }

    private static IndexLine LineOf(
        IndexDefinition index, QueueReader.IndexQueue waiting, Dictionary<int, double> backfills) => new(
        index.Name,
        index.Kind.ToString(),
        index.Status.ToString(),
        backfills.TryGetValue(index.Id, out var progress) ? progress : null,
        index.Projection.ProjectionType.ToString(),
        index.Kind == IndexKind.GLOBAL ? index.PropagationDelay.TotalMilliseconds : null,
        waiting.Pending,
        waiting.Lag.TotalSeconds,
        waiting.Quarantined);

    private static void Print(ChosenDatabase database, Status status)
    {
        Console.WriteLine($"database  {database.Place}");
        Console.WriteLine($"schema    {status.SchemaVersion}");
        Console.WriteLine(
            $"queue     {status.PendingMarkers:N0} markers, lag {status.LagSeconds:0.000} s, {status.Quarantined:N0} in quarantine");
        var table = new Spectre.Console.Table().Border(TableBorder.Rounded).AddColumns("table", "index", "kind", "projection", "status");
        foreach (var column in new[] { "delay ms", "pending", "lag s", "quarantine" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var line in status.Tables)
        {
            table.AddRow(Markup.Escape(line.Name), "", "", "", "", "", "", "", "");
            foreach (var index in line.Indexes)
            {
                table.AddRow(
                    "", Markup.Escape(index.Name), index.Kind, index.Projection,
                    index.Backfill is { } done ? $"{index.Status} {done:P0}" : index.Status,
                    index.PropagationDelayMs is { } delay ? $"{delay:0}" : "", $"{index.Pending:N0}",
                    $"{index.LagSeconds:0.000}", $"{index.Quarantined:N0}");
            }
        }

        AnsiConsole.Write(table);
    }

    private sealed record Status(
        string SchemaVersion, long PendingMarkers, double LagSeconds, long Quarantined, IReadOnlyList<TableLine> Tables);

    private sealed record TableLine(string Name, IReadOnlyList<IndexLine> Indexes);

    private sealed record IndexLine(
        string Name,
        string Kind,
        string Status,
        double? Backfill,
        string Projection,
        double? PropagationDelayMs,
        long Pending,
        double LagSeconds,
        long Quarantined);
}
