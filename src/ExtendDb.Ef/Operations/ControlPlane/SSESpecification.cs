namespace ExtendDb.Ef.Model;

/// <summary>The encryption at rest of a table. Source: DynamoDB API, SSESpecification.</summary>
/// <param name="Enabled">Whether the table is encrypted with a key of the user.</param>
/// <param name="SSEType">The kind of encryption.</param>
/// <param name="KMSMasterKeyId">The id of the key.</param>
/// <remarks>
/// The specification is accepted and has no effect, because PostgreSQL's server does the encryption at rest.
/// </remarks>
public sealed record SSESpecification(bool? Enabled, string? SSEType = null, string? KMSMasterKeyId = null);
