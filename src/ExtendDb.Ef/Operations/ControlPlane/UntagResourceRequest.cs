namespace ExtendDb.Ef.Model;

/// <summary>Tags to be taken from a table.</summary>
/// <param name="ResourceArn">The ARN of the table.</param>
/// <param name="TagKeys">Their keys, 1 to 50; those that the table does not have are no error.</param>
public sealed record UntagResourceRequest(string ResourceArn, IReadOnlyList<string> TagKeys);
