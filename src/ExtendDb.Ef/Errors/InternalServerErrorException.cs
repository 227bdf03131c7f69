namespace ExtendDb.Ef.Model;

/// <summary>The stored data are inconsistent: two key values have one hash, or a document cannot be read.</summary>
/// <param name="message">The inconsistency and its location.</param>
/// <param name="inner">The exception that caused this one; null when there is none.</param>
public sealed class InternalServerErrorException(string message, Exception? inner = null)
    : DynamoDbException(message, inner);
