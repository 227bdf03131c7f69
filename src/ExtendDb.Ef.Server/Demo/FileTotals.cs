using System.Globalization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Server.Demo;

/// <summary>Keeps a table of how many files there are of each type, and how large they are, from the stream of the files.</summary>
internal sealed class FileTotals : IStreamHandler<ExtendDbContext>
{
    public const string Consumer = "demo-file-totals";
    public const string Table = "FileTotals";
    private const string NoExtension = "(none)";

    public static CreateTableRequest Definition { get; } =
        new(Table, [new("Extension", KeyType.HASH)], [new("Extension", AttributeType.S)]);

    public async Task HandleAsync(
        IReadOnlyList<StreamRecord> records, ExtendDbContext context, CancellationToken cancellationToken)
    {
        foreach (var (extension, change) in Sum(records.SelectMany(Changes)))
        {
            await context.ExtendDb().UpdateItemAsync(
                new(Table, new() { ["Extension"] = extension })
                {
                    UpdateExpression = "ADD Files :files, Bytes :bytes",
                    ExpressionAttributeValues = new AttributeMap { [":files"] = change.Files, [":bytes"] = change.Bytes },
                },
                cancellationToken);
        }
    }

    /// <summary>Makes totals of the files that are in the table before its stream has a record.</summary>
    public static async Task BeginAsync(IExtendDb extendDb, CancellationToken cancellationToken)
    {
        foreach (var (extension, total) in await SumAsync(extendDb, cancellationToken))
        {
            await extendDb.PutItemAsync(
                new(Table, new() { ["Extension"] = extension, ["Files"] = total.Files, ["Bytes"] = total.Bytes }),
                cancellationToken);
        }
    }

    /// <summary>Returns by how many types the totals differ from the files in the table.</summary>
    public static async Task<int> CountWrongAsync(IExtendDb extendDb, CancellationToken cancellationToken)
    {
        var expected = await SumAsync(extendDb, cancellationToken);
        var kept = await extendDb.ScanItemsAsync(new(Table), cancellationToken).ToDictionaryAsync(
            item => FileCatalog.Text(item, "Extension"),
            item => (Files: Number(item, "Files"), Bytes: Number(item, "Bytes")),
            cancellationToken: cancellationToken);
        return expected.Keys.Union(kept.Keys)
            .Count(extension => expected.GetValueOrDefault(extension) != kept.GetValueOrDefault(extension));
    }

    private static async Task<Dictionary<string, (long Files, long Bytes)>> SumAsync(
        IExtendDb extendDb, CancellationToken cancellationToken) => Sum(
        (await extendDb.ScanItemsAsync(new(FileItems.Table), cancellationToken).ToListAsync(cancellationToken))
            .Select(item => Of(item, 1)));

    private static IEnumerable<(string Extension, long Files, long Bytes)> Changes(StreamRecord record)
    {
        if (record.OldImage is { } old)
        {
            yield return Of(old, -1);
        }

        if (record.NewImage is { } now)
        {
            yield return Of(now, 1);
        }
    }

    private static (string Extension, long Files, long Bytes) Of(AttributeMap item, int files) => (
        item.ContainsKey("Extension") ? FileCatalog.Text(item, "Extension") : NoExtension, files, files * Number(item, "Size"));

    private static Dictionary<string, (long Files, long Bytes)> Sum(
        IEnumerable<(string Extension, long Files, long Bytes)> changes) => changes
        .GroupBy(change => change.Extension, StringComparer.Ordinal)
        .ToDictionary(
            of => of.Key,
            of => (of.Sum(change => change.Files), of.Sum(change => change.Bytes)),
            StringComparer.Ordinal);

    private static long Number(AttributeMap item, string name) =>
        long.Parse(((AttributeValue.N)item[name]).Value.ToString(), CultureInfo.InvariantCulture);
}
