using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>The request is signed with an access key that is not in the accepted set.</summary>
internal sealed class UnrecognizedClientException()
    : DynamoDbException("The security token included in the request is invalid.");
