namespace ExtendDb.Ef.Model;

/// <summary>The request exceeds a limit on the number of things, or of operations at one time.</summary>
/// <param name="message">The exceeded limit.</param>
public sealed class LimitExceededException(string message) : DynamoDbException(message);
