namespace ExtendDb.Ef.Model;

/// <summary>The stored data contradict themselves: two key values with one hash, or a document that cannot be read.</summary>
/// <param name="message">What was found, and where.</param>
/// <param name="inner">The cause, if another exception was it.</param>
public sealed class InternalServerErrorException(string message, Exception? inner = null)
    : DynamoDbException(message, inner);
