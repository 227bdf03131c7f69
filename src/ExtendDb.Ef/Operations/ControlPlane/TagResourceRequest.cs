namespace ExtendDb.Ef.Model;

/// <summary>Tags to be given to a table.</summary>
/// <param name="ResourceArn">The ARN of the table.</param>
/// <param name="Tags">The tags, of different keys; at least one.</param>
public sealed record TagResourceRequest(string ResourceArn, IReadOnlyList<Tag> Tags);
