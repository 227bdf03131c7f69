using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the services of the DynamoDB protocol to an application.</summary>
public static class ExtendDbEndpointServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services of <see cref="ExtendDbEndpointRouteBuilderExtensions.MapExtendDb"/>; the application calls
    /// AddExtendDb too.
    /// </summary>
    /// <param name="configure">
    /// Changes the options; null keeps the defaults, with which the endpoint answers only requests of this machine.
    /// </param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddExtendDbEndpoint(
        this IServiceCollection services, Action<ExtendDbEndpointOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddDynamoDbResponder(contextType: null);
        services.AddCors();
        services.TryAddSingleton<CrossOrigin>();
        services.TryAddSingleton<DynamoDbEndpoint>();
        return services;
    }
}
