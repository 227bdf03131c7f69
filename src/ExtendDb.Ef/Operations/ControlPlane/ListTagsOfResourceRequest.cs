namespace ExtendDb.Ef.Model;

/// <summary>The table whose tags to list.</summary>
/// <param name="ResourceArn">The ARN of the table.</param>
/// <param name="NextToken">Where the answer before said that this one begins; null for the beginning.</param>
public sealed record ListTagsOfResourceRequest(string ResourceArn, string? NextToken = null);
