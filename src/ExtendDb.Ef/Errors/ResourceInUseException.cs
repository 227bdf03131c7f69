namespace ExtendDb.Ef.Model;

/// <summary>The table exists already, or is being created or deleted.</summary>
/// <param name="message">The name of the table and its state.</param>
public sealed class ResourceInUseException(string message) : DynamoDbException(message);
