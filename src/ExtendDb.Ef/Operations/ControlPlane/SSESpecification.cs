namespace ExtendDb.Ef.Model;

/// <summary>How a table is encrypted at rest. Source: DynamoDB API, SSESpecification.</summary>
/// <param name="Enabled">Whether the key is one of the user's.</param>
/// <param name="SSEType">The kind of encryption.</param>
/// <param name="KMSMasterKeyId">The key.</param>
/// <remarks>It is accepted and has no effect: encryption at rest is a matter of the database.</remarks>
public sealed record SSESpecification(bool? Enabled, string? SSEType = null, string? KMSMasterKeyId = null);
