using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Server.Demo;

/// <summary>Brings the table into line with the files below a folder, with SaveChanges of many items at a time.</summary>
internal sealed class FileCatalog(Func<ExtendDbContext> contexts, IExtendDb extendDb, TableDefinition table, DemoCounts counts)
{
    public const int Chunk = 100;

    /// <summary>Lists the files below a folder, not following links.</summary>
    public static IEnumerable<FileInfo> Files(DirectoryInfo folder) => folder.EnumerateFiles("*", new EnumerationOptions
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    });

    /// <summary>Adds the files that the table lacks, and updates those that have changed.</summary>
    public async Task WriteAsync(IReadOnlyCollection<FileInfo> files, CancellationToken cancellationToken)
    {
        var described = new List<Item>(files.Count);
        foreach (var file in files)
        {
            try
            {
                described.Add(Item.Create(table, FileItems.Of(file)));
            }
            catch (Exception unreadable) when (
                unreadable is IOException or UnauthorizedAccessException or ValidationException)
            {
                counts.LeftOut++;
            }
        }

        await using var context = contexts();
        var hashes = described.Select(i => i.PartitionHash).Distinct().ToList();
        var names = described.Select(i => i.SortKey).ToList();
        var stored = await context.Items
            .Where(i => i.TableId == table.Id && hashes.Contains(i.PartitionHash) && names.Contains(i.SortKey))
            .ToDictionaryAsync(i => KeyOf(i.Document), cancellationToken);
        foreach (var item in described)
        {
            if (!stored.TryGetValue(KeyOf(item.Document), out var old))
            {
                context.Add(item);
                counts.Added++;
            }
            else if (old.Document.Equals(item.Document))
            {
                counts.Unchanged++;
            }
            else
            {
                old.Replace(table, item.Document);
                counts.Changed++;
            }
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Removes the items below a folder whose files are gone.</summary>
    public async Task RemoveGoneAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        AttributeMap? start = null;
        do
        {
            var page = await extendDb.ScanAsync(
                new(table.Name) { Limit = 1_000, ExclusiveStartKey = start }, cancellationToken);
            start = page.LastEvaluatedKey;
            foreach (var item in page.Items.Where(i => IsBelow(folder, Text(i, "Folder")) && !File.Exists(Text(i, "Path"))))
            {
                await extendDb.DeleteItemAsync(new(table.Name, table.KeySchema.KeyOf(item)), cancellationToken);
                counts.Removed++;
            }
        }
        while (start is not null);
    }

    /// <summary>Counts the items of the table.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await using var context = contexts();
        return await context.Items.LongCountAsync(i => i.TableId == table.Id, cancellationToken);
    }

    public static string Text(AttributeMap item, string name) => ((AttributeValue.S)item[name]).Value;

    private static (string Folder, string Name) KeyOf(AttributeMap item) => (Text(item, "Folder"), Text(item, "Name"));

    private static bool IsBelow(DirectoryInfo folder, string path) =>
        path == folder.FullName
        || path.StartsWith(Path.TrimEndingDirectorySeparator(folder.FullName) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
