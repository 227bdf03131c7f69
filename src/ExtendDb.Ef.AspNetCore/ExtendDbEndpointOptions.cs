using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.AspNetCore;

/// <summary>The options of the endpoint.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Trimming.AttributeOfOptions)]
public sealed class ExtendDbEndpointOptions
{
    /// <summary>Gets or sets the access keys whose signatures are accepted.</summary>
    /// <value>
    /// The default is null: no signature is verified, and the endpoint answers only requests of this machine, which
    /// come from a loopback address, with a local Host header and without forwarding headers. An empty set accepts no
    /// request.
    /// </value>
    public AccessKeys? AccessKeys { get; set; }

    /// <summary>Gets or sets the origins of the web pages whose scripts may call the endpoint, such as <c>https://example.org</c>.</summary>
    /// <value>
    /// The default is null: web pages of this machine may call it with requests of this machine, others may not. An empty
    /// list allows none. There is no wildcard.
    /// </value>
    public IList<string>? AllowedOrigins { get; set; }

    /// <summary>Gets or sets the largest number of requests that are executed at a time; the others wait in order.</summary>
    /// <value>
    /// The default is null: 64, or the size of the connection pool of the contexts if that is smaller. From 1.
    /// </value>
    [Range(1, int.MaxValue)]
    public int? MaxConcurrentRequests { get; set; }

    /// <summary>Gets or sets how long a request may wait before it is refused with DynamoDB's ThrottlingException.</summary>
    /// <value>The default is 10 s. From 1 ms to one hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan MaxQueueTime { get; set; } = TimeSpan.FromSeconds(10);

    internal bool AnyCredentials { get; private set; }

    /// <summary>
    /// Lets an endpoint without access keys answer every request, with any credentials and from any machine.
    /// </summary>
    /// <remarks>
    /// DynamoDB Local answers so. Every client that reaches the endpoint can then read and change all tables. The call
    /// has no effect on an endpoint with access keys.
    /// </remarks>
    public void AllowAnyCredentials() => AnyCredentials = true;
}
