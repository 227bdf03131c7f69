using System.CommandLine;
using System.Text.Json;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>Lists, retries or discards the entries that could not be applied.</summary>
internal static class QuarantineCommand
{
    private const int DefaultLimit = 100;

    public static Command Create() => new("quarantine", "List, retry or discard index entries that could not be applied.")
    {
        List(),
        Change("retry", "Try them again; those that can be applied leave quarantine.", "tried again", Quarantine.RetryAsync),
        Discard(),
    };

    private static Command List()
    {
        var json = JsonOutput.Option();
        var limit = new Option<int?>("--limit") { Description = $"Show so many at most; {DefaultLimit} by default." };
        limit.Between(1, int.MaxValue);
        var command = new Command("list", "Show them with their errors.") { limit, json };
        var selection = new IndexSelection(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
            var indexes = await selection.FindAsync(database.Local(), parsed, cancellationToken);
            var entries = await Quarantine.ListAsync(
                database.Local(), Ids(indexes), parsed.GetValue(limit) ?? DefaultLimit, cancellationToken);
            var lines = entries.ConvertAll(entry => LineOf(entry, indexes));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { entries = lines }, JsonOutput.Options));
            }
            else
            {
                Print(lines);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Change(
        string name, string description, string done, Func<ExtendDbRuntime, int[], CancellationToken, Task<int>> change)
    {
        var json = JsonOutput.Option();
        var command = new Command(name, description) { json };
        var selection = new IndexSelection(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
            var indexes = await selection.FindAsync(database.Local(), parsed, cancellationToken);
            var count = await change(database.Local(), Ids(indexes), cancellationToken);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { entries = count }, JsonOutput.Options)
                : $"{count:N0} entries are {done}.");
            return ExitCode.Ok;
        });
        return command;
    }

    // What is given up is lost to the retries, so it has to be named.
    private static Command Discard()
    {
        var all = new Option<bool>("--all") { Description = "Of all tables." };
        var command = Change("discard", "Give them up; verify finds them from then on.", "discarded", Quarantine.DiscardAsync);
        command.Options.Add(all);
        command.Validators.Add(given =>
        {
            if (!given.GetValue(all) && given.GetValue<string?>(IndexSelection.TableOption) is null)
            {
                given.AddError($"discard needs {IndexSelection.TableOption}, or --all.");
            }
        });
        return command;
    }

    private static int[] Ids(List<(TableDefinition Table, IndexDefinition Index)> indexes) =>
        [.. indexes.Select(each => each.Index.Id)];

    private static Line LineOf(Quarantine.Entry entry, List<(TableDefinition Table, IndexDefinition Index)> indexes)
    {
        var (table, index) = indexes.Find(each => each.Index.Id == entry.IndexId);
        var key = entry.Item is { } item && table.KeySchema.TryKeyOf(item) is { } attributes
            ? string.Join(", ", table.KeySchema.Attributes.Select(part => $"{part.Name}={Show(attributes[part.Name])}"))
            : null;
        return new(
            table.Name,
            index.Name,
            key,
            $"{entry.Key.PartitionHash}",
            $"\\x{Convert.ToHexStringLower(entry.Key.SortKey)}",
            entry.SqlState,
            entry.Message,
            entry.Attempts,
            entry.FirstFailedAt,
            entry.LastFailedAt);
    }

    private static string Show(AttributeValue value) => value switch
    {
        AttributeValue.S s => s.Value,
        AttributeValue.N n => n.Value.ToString(),
        AttributeValue.B b => Convert.ToBase64String(b.Value.Span),
        _ => value.Type.ToString(),
    };

    private static void Print(List<Line> lines)
    {
        if (lines.Count == 0)
        {
            Console.WriteLine("Nothing is in quarantine.");
            return;
        }

        var table = new Spectre.Console.Table().Border(TableBorder.Rounded)
            .AddColumns("table", "index", "item", "error", "attempts", "since", "last tried");
        foreach (var line in lines)
        {
            var item = line.Key ?? $"(gone, or not readable: partition_hash {line.PartitionHash}, sort_key {line.SortKey})";
            table.AddRow(
                Markup.Escape(line.Table), Markup.Escape(line.Index), Markup.Escape(item),
                Markup.Escape($"{line.SqlState} {line.Message}"), $"{line.Attempts:N0}", $"{line.FirstFailedAt:u}",
                $"{line.LastFailedAt:u}");
        }

        AnsiConsole.Write(table);
    }

    private sealed record Line(
        string Table,
        string Index,
        string? Key,
        string PartitionHash,
        string SortKey,
        string SqlState,
        string Message,
        int Attempts,
        DateTime FirstFailedAt,
        DateTime LastFailedAt);
}
