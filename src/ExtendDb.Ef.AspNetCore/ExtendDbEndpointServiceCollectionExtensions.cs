using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Protocol;
using ExtendDb.Ef.AspNetCore.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

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

        services.AddOptions<ExtendDbEndpointOptions>().ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ExtendDbEndpointOptions>, ExtendDbEndpointOptionsValidator>());
        services.AddCors();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EndpointMetrics>();
        services.TryAddSingleton<CrossOrigin>();
        services.TryAddSingleton<RequestQueue>();
        services.TryAddSingleton<DynamoDbEndpoint>();
        return services;
    }
}
