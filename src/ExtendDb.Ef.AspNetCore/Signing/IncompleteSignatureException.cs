using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>A part of the signature is missing or malformed, so there is nothing to verify.</summary>
/// <param name="message">What is missing or malformed; it repeats what the caller sent.</param>
internal sealed class IncompleteSignatureException(string message) : DynamoDbException(message);
