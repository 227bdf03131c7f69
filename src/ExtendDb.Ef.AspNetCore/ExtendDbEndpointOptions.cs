using ExtendDb.Ef.AspNetCore.Signing;

namespace ExtendDb.Ef.AspNetCore;

/// <summary>The options of the endpoint.</summary>
public sealed class ExtendDbEndpointOptions
{
    /// <summary>Gets or sets the access keys whose signatures are accepted.</summary>
    /// <value>
    /// The default is null: any credentials are accepted and no signature is verified, as in DynamoDB Local. Use it
    /// only for an endpoint that no other machine can reach. An empty set accepts no request.
    /// </value>
    public AccessKeys? AccessKeys { get; set; }
}
