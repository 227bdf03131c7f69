using System.Globalization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Server.Demo;

/// <summary>The table of the demo, and the item that describes one file.</summary>
internal static class FileItems
{
    public const string Table = "Files";
    public const string ByExtension = "by-extension";
    public const string ByDay = "by-day";
    public const string BySizeClass = "by-size-class";

    private const int HeadBytes = 16;

    private static readonly (long Below, string Name)[] SizeClasses =
    [
        (1, "empty"), (1 << 10, "below 1 KB"), (100 << 10, "below 100 KB"), (1 << 20, "below 1 MB"),
        (100 << 20, "below 100 MB"), (long.MaxValue, "100 MB and more"),
    ];

    public static CreateTableRequest Definition { get; } = new(
        Table,
        [new("Folder", KeyType.HASH), new("Name", KeyType.RANGE)],
        [
            new("Folder", AttributeType.S), new("Name", AttributeType.S), new("Extension", AttributeType.S),
            new("Size", AttributeType.N), new("Day", AttributeType.S), new("Changed", AttributeType.S),
            new("SizeClass", AttributeType.S),
        ])
    {
        GlobalSecondaryIndexes =
        [
            new(ByExtension, [new("Extension", KeyType.HASH), new("Size", KeyType.RANGE)], Projection.All),
            new(ByDay, [new("Day", KeyType.HASH), new("Changed", KeyType.RANGE)], Projection.Include("Size", "Path")),
            new(BySizeClass, [new("SizeClass", KeyType.HASH)], Projection.KeysOnly),
        ],
        StreamSpecification = new(true, StreamViewType.NEW_AND_OLD_IMAGES),
    };

    /// <summary>Returns the item of a file. A file without an extension is not in the index by extension.</summary>
    /// <exception cref="IOException">The file is gone or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static AttributeMap Of(FileInfo file)
    {
        var changed = file.LastWriteTimeUtc;
        var item = new AttributeMap
        {
            ["Folder"] = file.DirectoryName!,
            ["Name"] = file.Name,
            ["Path"] = file.FullName,
            ["Parts"] = new AttributeValue.L(
                file.FullName.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
                    .Select(part => (AttributeValue)part)),
            ["Size"] = file.Length,
            ["SizeClass"] = SizeClasses.First(c => file.Length < c.Below).Name,
            ["Day"] = changed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["Changed"] = changed.ToString("O", CultureInfo.InvariantCulture),
            ["ReadOnly"] = file.IsReadOnly,
            ["Flags"] = new AttributeValue.SS(
                file.Attributes.ToString().Split(", ", StringSplitOptions.RemoveEmptyEntries)),
            ["Head"] = Head(file),
        };
        var extension = file.Extension.ToLowerInvariant();
        return extension.Length > 1 ? item.With("Extension", extension) : item;
    }

    private static byte[] Head(FileInfo file)
    {
        using var stream = file.OpenRead();
        var head = new byte[HeadBytes];
        return head[..stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
    }
}
