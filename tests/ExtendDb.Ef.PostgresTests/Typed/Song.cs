namespace ExtendDb.Ef.PostgresTests.Typed;

public sealed record Song
{
    [PartitionKey]
    public required string Artist { get; init; }

    [SortKey]
    public required string Title { get; init; }

    public int Year { get; init; }

    public long Plays { get; init; }

    public HashSet<string> Players { get; init; } = [];

    public SongStatus Status { get; init; }

    public Label? Label { get; init; }

    public string? Note { get; init; }
}

public sealed record SongTitle(string Title, int Year);

public sealed record Label(string Name, string City);

public enum SongStatus
{
    Draft,
    Released,
}
