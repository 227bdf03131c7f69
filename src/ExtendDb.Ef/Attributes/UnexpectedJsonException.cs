using System.Text.Json;

namespace ExtendDb.Ef.Attributes;

/// <summary>JSON of another shape than DynamoDB's, in words that can be shown to whoever sent it.</summary>
/// <param name="message">What was found.</param>
/// <param name="inner">The cause, if another exception was it.</param>
internal sealed class UnexpectedJsonException(string message, Exception? inner = null) : JsonException(message, inner);
