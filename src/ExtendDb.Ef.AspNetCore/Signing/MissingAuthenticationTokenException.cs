using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>The request has no signature, or none of Signature Version 4.</summary>
internal sealed class MissingAuthenticationTokenException()
    : DynamoDbException("Request is missing Authentication Token");
