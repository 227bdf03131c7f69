using System.Text.Json;

namespace ExtendDb.Ef.Attributes;

/// <summary>The JSON has another shape than DynamoDB's; the message can be shown to the sender.</summary>
/// <param name="message">The unexpected part of the JSON.</param>
/// <param name="inner">The exception that caused this one; null when there is none.</param>
internal sealed class UnexpectedJsonException(string message, Exception? inner = null) : JsonException(message, inner);
