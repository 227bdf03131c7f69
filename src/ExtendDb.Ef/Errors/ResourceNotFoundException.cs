namespace ExtendDb.Ef.Model;

/// <summary>The request names a table or an index that does not exist, or not yet.</summary>
/// <param name="message">What is missing.</param>
public sealed class ResourceNotFoundException(string message) : DynamoDbException(message);
