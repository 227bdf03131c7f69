using ExtendDb.Ef.AspNetCore.Signing;

namespace ExtendDb.Ef.AspNetCore;

/// <summary>Who may use the endpoint.</summary>
public sealed class ExtendDbEndpointOptions
{
    /// <summary>Gets or sets the access keys whose signatures are accepted.</summary>
    /// <value>
    /// The default is null: any credentials are accepted and no signature is verified, as DynamoDB Local does it. Only for
    /// an endpoint that no other machine can reach. A set without any key accepts nobody.
    /// </value>
    public AccessKeys? AccessKeys { get; set; }
}
