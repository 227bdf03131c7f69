using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Errors;

/// <summary>The caller, or the server itself, may not do this; a client does not send the request again.</summary>
internal sealed class AccessDeniedException(string message, Exception? inner = null) : DynamoDbException(message, inner)
{
    /// <summary>Creates the error for a request that may come from another machine, to an endpoint without access keys.</summary>
    public static AccessDeniedException OfOtherMachine() => new(
        "This endpoint has no access keys, so it answers only requests of its own machine: from a loopback address, with a "
        + "local Host header, without forwarding headers. Configure AccessKeys, or call AllowAnyCredentials()");

    /// <summary>Creates the error for a role whose rights in the database do not allow the operation.</summary>
    /// <param name="failure">The exception that PostgreSQL's refusal has caused.</param>
    public static AccessDeniedException OfRole(Exception failure) =>
        new("The role of the server lacks the rights for this operation in its database; the server's log names the table", failure);
}
