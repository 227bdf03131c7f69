using ExtendDb.Ef.AspNetCore.Telemetry;
using ExtendDb.Ef.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.AspNetCore.Protocol;

internal static class DynamoDbResponderServices
{
    /// <summary>Adds the responder on the tables of a registration, with the service key of that registration.</summary>
    /// <param name="contextType">The type of the registration's context; null for the registration without a key.</param>
    public static void AddDynamoDbResponder(this IServiceCollection services, Type? contextType)
    {
        services.AddOptions<ExtendDbEndpointOptions>().ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ExtendDbEndpointOptions>, ExtendDbEndpointOptionsValidator>());
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EndpointMetrics>();
        services.TryAddSingleton(static provider => QueueOf(provider, provider.GetService<ExtendDbRuntime>()));
        if (contextType is null)
        {
            services.TryAddSingleton(static provider => ResponderOf(provider, null, provider.GetRequiredService<RequestQueue>()));
            return;
        }

        services.TryAddKeyedSingleton(contextType, static (provider, key) =>
        {
            var runtime = provider.GetRequiredKeyedService<ExtendDbRuntime>(key);
            // Requests that use one pool wait in one queue.
            return ReferenceEquals(runtime, provider.GetService<ExtendDbRuntime>())
                ? provider.GetRequiredService<RequestQueue>()
                : QueueOf(provider, runtime);
        });
        services.TryAddKeyedSingleton(contextType, static (provider, key) =>
            ResponderOf(provider, (Type)key!, provider.GetRequiredKeyedService<RequestQueue>(key)));
    }

    private static RequestQueue QueueOf(IServiceProvider services, ExtendDbRuntime? runtime) => new(
        services.GetRequiredService<IOptions<ExtendDbEndpointOptions>>(), services.GetRequiredService<TimeProvider>(), runtime);

    private static DynamoDbResponder ResponderOf(IServiceProvider services, Type? contextType, RequestQueue queue) => new(
        contextType,
        services.GetRequiredService<TimeProvider>(),
        queue,
        services.GetRequiredService<EndpointMetrics>(),
        services.GetRequiredService<ILogger<DynamoDbEndpoint>>());
}
