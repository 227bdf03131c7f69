using ExtendDb.Ef.AspNetCore.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the DynamoDB protocol to a path of an application.</summary>
public static class ExtendDbEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the DynamoDB protocol to a path of the application, which AWS SDKs use as their service URL.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path; AWS SDKs expect <c>/</c>, or the path of their service URL.</param>
    /// <returns>
    /// The builder of the endpoint; requests carry their own signature and need no authentication scheme.
    /// </returns>
    /// <remarks>
    /// The endpoint accepts POST requests with an X-Amz-Target of the version 20120810, and answers a GET with a line
    /// that reports it healthy. Source: DynamoDB developer guide, DynamoDB low-level API.
    /// </remarks>
    public static IEndpointConventionBuilder MapExtendDb(this IEndpointRouteBuilder endpoints, string pattern = "/")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var endpoint = endpoints.ServiceProvider.GetService<DynamoDbEndpoint>()
            ?? throw new InvalidOperationException("Call services.AddExtendDbEndpoint() before MapExtendDb().");
        var group = endpoints.MapGroup(pattern);
        group.MapGet("", static (HttpContext http) => DynamoDbEndpoint.AnswerAliveAsync(http));
        group.MapPost("", endpoint.AnswerAsync);
        group.MapMethods("", [HttpMethods.Options], endpoints.ServiceProvider.GetRequiredService<CrossOrigin>().AnswerPreflightAsync);
        return group;
    }
}
