using ExtendDb.Ef.Model;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Demo;

/// <summary>Runs queries on the indexes that a user of a disk might ask.</summary>
internal static class DemoQueries
{
    private const string Extension = ".dll";

    public static async Task PrintAsync(IExtendDb extendDb, CancellationToken cancellationToken)
    {
        var largest = await extendDb.QueryAsync(
            new(FileItems.Table)
            {
                KeyConditionExpression = "Extension = :extension",
                ExpressionAttributeValues = new AttributeMap { [":extension"] = Extension },
                IndexName = FileItems.ByExtension,
                ScanIndexForward = false,
                Limit = 10,
            },
            cancellationToken);
        Print($"the ten largest {Extension} files ({FileItems.ByExtension})", largest.Items);

        // Any item will do to get a day on which a file changed.
        var any = await extendDb.ScanAsync(new(FileItems.Table) { Limit = 1 }, cancellationToken);
        if (any.Items is [var item])
        {
            var changed = await extendDb.QueryAsync(
                new(FileItems.Table)
                {
                    KeyConditionExpression = "#day = :day",
                    ExpressionAttributeNames = new Dictionary<string, string> { ["#day"] = "Day" },
                    ExpressionAttributeValues = new AttributeMap { [":day"] = item["Day"] },
                    IndexName = FileItems.ByDay,
                    ScanIndexForward = false,
                    Limit = 5,
                },
                cancellationToken);
            Print($"what changed last on {FileCatalog.Text(item, "Day")} ({FileItems.ByDay})", changed.Items);
        }
    }

    private static void Print(string question, IReadOnlyList<AttributeMap> items)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn(Markup.Escape(question)))
            .AddColumn(new TableColumn("size").RightAligned());
        foreach (var item in items)
        {
            table.AddRow(Markup.Escape(FileCatalog.Text(item, "Path")), ((AttributeValue.N)item["Size"]).Value.ToString());
        }

        AnsiConsole.Write(table);
    }
}
