namespace ExtendDb.Ef.Model;

/// <summary>Tags of a table.</summary>
public sealed record ListTagsOfResourceResponse
{
    /// <summary>Gets all tags, by key, at most 50; none when there are none.</summary>
    public required IReadOnlyList<Tag> Tags { get; init; }

    /// <summary>Gets null, because an answer holds all tags.</summary>
    public string? NextToken { get; init; }
}
