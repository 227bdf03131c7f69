using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Errors;

/// <summary>The body of a request is not the JSON that its operation takes.</summary>
/// <param name="message">What was found and where.</param>
/// <param name="inner">The cause, if another exception was it.</param>
public sealed class SerializationException(string message, Exception? inner = null) : DynamoDbException(message, inner);
