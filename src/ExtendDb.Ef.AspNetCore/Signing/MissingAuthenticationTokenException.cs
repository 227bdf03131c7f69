using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>The request is not signed, or not with a Signature Version 4.</summary>
internal sealed class MissingAuthenticationTokenException()
    : DynamoDbException("Request is missing Authentication Token");
