namespace ExtendDb.Ef.Model;

/// <summary>The response of ListTagsOfResource: one page of tags.</summary>
public sealed record ListTagsOfResourceResponse
{
    /// <summary>Gets up to ten tags in the order of their keys; empty when there are none.</summary>
    public required IReadOnlyList<Tag> Tags { get; init; }

    /// <summary>Gets the NextToken for the next request; null when this page was the last.</summary>
    public string? NextToken { get; init; }
}
