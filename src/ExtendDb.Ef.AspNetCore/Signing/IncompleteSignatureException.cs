using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>A part of the signature is missing or malformed, so the signature cannot be verified.</summary>
/// <param name="message">The missing or malformed part, as the caller sent it.</param>
internal sealed class IncompleteSignatureException(string message) : DynamoDbException(message);
