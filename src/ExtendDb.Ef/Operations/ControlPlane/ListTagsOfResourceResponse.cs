namespace ExtendDb.Ef.Model;

/// <summary>Tags of a table.</summary>
public sealed record ListTagsOfResourceResponse
{
    /// <summary>Gets up to ten tags, by key; none when there are none.</summary>
    public required IReadOnlyList<Tag> Tags { get; init; }

    /// <summary>Gets where the next answer begins; null when this one was the last.</summary>
    public string? NextToken { get; init; }
}
