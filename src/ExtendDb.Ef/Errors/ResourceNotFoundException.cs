namespace ExtendDb.Ef.Model;

/// <summary>The request names a table or an index that does not exist, or does not exist yet.</summary>
/// <param name="message">The missing resource.</param>
public sealed class ResourceNotFoundException(string message) : DynamoDbException(message)
{
    /// <summary>Creates the exception of an operation on items for a table that does not exist.</summary>
    internal static ResourceNotFoundException Requested() => new("Requested resource not found");
}
