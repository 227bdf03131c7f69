using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Errors;

/// <summary>The body of a request is not the JSON that its operation takes.</summary>
/// <param name="message">The unexpected part of the JSON and its position.</param>
/// <param name="inner">The exception that caused this one; null when there is none.</param>
internal sealed class SerializationException(string message, Exception? inner = null) : DynamoDbException(message, inner);
