namespace ExtendDb.Ef.Model;

/// <summary>Who deleted an item that no request has deleted. Source: DynamoDB API, Identity.</summary>
/// <param name="PrincipalId">The service, dynamodb.amazonaws.com.</param>
/// <param name="Type">Service.</param>
public sealed record StreamIdentity(string PrincipalId, string Type)
{
    /// <summary>Gets the identity of the worker that deletes expired items.</summary>
    internal static StreamIdentity Expiry { get; } = new("dynamodb.amazonaws.com", "Service");
}
