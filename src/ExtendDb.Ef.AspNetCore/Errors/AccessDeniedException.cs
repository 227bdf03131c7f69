using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Errors;

/// <summary>A request to an endpoint without access keys that may come from another machine.</summary>
internal sealed class AccessDeniedException() : DynamoDbException(
    "This endpoint has no access keys, so it answers only requests of its own machine: from a loopback address, with a local "
    + "Host header, without forwarding headers. Configure AccessKeys, or call AllowAnyCredentials()");
