using ExtendDb.Ef.WebConsole;
using ExtendDb.Ef.WebConsole.Access;
using ExtendDb.Ef.WebConsole.Changes;
using ExtendDb.Ef.WebConsole.Live;
using ExtendDb.Ef.WebConsole.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Radzen;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the services of the console to an application.</summary>
public static class ExtendDbConsoleServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services of <see cref="ExtendDbConsoleEndpointRouteBuilderExtensions.MapExtendDbConsole"/>; the application calls
    /// AddExtendDb too.
    /// </summary>
    /// <param name="configure">
    /// Changes the options; null keeps the defaults, with which the console answers only requests of this machine.
    /// </param>
    /// <returns>The same services.</returns>
    /// <remarks>Nothing runs, and no connection is opened, before the console is opened in a browser.</remarks>
    public static IServiceCollection AddExtendDbConsole(
        this IServiceCollection services, Action<ExtendDbConsoleOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<ExtendDbConsoleOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ExtendDbConsoleOptions>, ExtendDbConsoleOptionsRanges>());
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddRadzenComponents();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SignInTickets>();
        services.TryAddSingleton<FailedSignIns>();
        services.TryAddSingleton<ConsoleGate>();
        services.TryAddSingleton<QueueWatch>();
        services.TryAddSingleton<VerificationRuns>();
        services.TryAddScoped<ConsoleUser>();
        services.TryAddScoped<ConsoleChanges>();
        return services;
    }
}
