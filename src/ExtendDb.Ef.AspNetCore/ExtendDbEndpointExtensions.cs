using ExtendDb.Ef.AspNetCore.Protocol;
using ExtendDb.Ef.AspNetCore.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExtendDb.Ef.AspNetCore;

/// <summary>Puts the DynamoDB protocol into an ASP.NET Core application.</summary>
public static class ExtendDbEndpointExtensions
{
    /// <summary>Adds what <see cref="MapExtendDb"/> needs; to be called beside AddExtendDb.</summary>
    /// <param name="configure">Changes the options; null takes the defaults, which accept any credentials.</param>
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

    /// <summary>Answers the DynamoDB protocol at a path of the application: AWS SDKs use it as their service URL.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path; AWS SDKs expect <c>/</c>, or what their service URL ends with.</param>
    /// <returns>Configures the endpoint further; requests carry their own signature, no scheme of the application's is needed.</returns>
    /// <remarks>
    /// It takes POST requests with an X-Amz-Target of the version 20120810, and answers a GET with a line that says it is
    /// alive. Source: DynamoDB developer guide, DynamoDB low-level API.
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
