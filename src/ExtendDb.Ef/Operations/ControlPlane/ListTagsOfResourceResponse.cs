namespace ExtendDb.Ef.Model;

/// <summary>Tags of a table.</summary>
/// <param name="Tags">Up to ten tags, by key; none when there are none.</param>
/// <param name="NextToken">Where the next answer begins; null when this one was the last.</param>
public sealed record ListTagsOfResourceResponse(IReadOnlyList<Tag> Tags, string? NextToken);
