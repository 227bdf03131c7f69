namespace ExtendDb.Ef.Model;

/// <summary>The response of ListTagsOfResource: one page of tags.</summary>
public sealed record ListTagsOfResourceResponse
{
    /// <summary>Gets all tags, up to 50, in the order of their keys; empty when there are none.</summary>
    public required IReadOnlyList<Tag> Tags { get; init; }

    /// <summary>Gets null, because a response has all tags.</summary>
    public string? NextToken { get; init; }
}
