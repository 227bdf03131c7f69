namespace ExtendDb.Ef.Model;

/// <summary>There are too many of something, or too much is under way at once.</summary>
/// <param name="message">Which limit it is.</param>
public sealed class LimitExceededException(string message) : DynamoDbException(message);
