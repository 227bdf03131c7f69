using ExtendDb.Ef.AspNetCore.Protocol;
using ExtendDb.Ef.AspNetCore.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExtendDb.Ef.AspNetCore;

/// <summary>Adds the DynamoDB protocol to an ASP.NET Core application.</summary>
public static class ExtendDbEndpointExtensions
{
    /// <summary>Adds the services of <see cref="MapExtendDb"/>; the application calls AddExtendDb too.</summary>
    /// <param name="configure">Changes the options; null keeps the defaults, with which the endpoint answers only requests of this machine.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddExtendDbEndpoint(
        this IServiceCollection services, Action<ExtendDbEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EndpointMetrics>();
        services.TryAddSingleton<DynamoDbEndpoint>();
        return services;
    }

    /// <summary>Maps the DynamoDB protocol to a path of the application, which AWS SDKs use as their service URL.</summary>
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
        return group;
    }
}
