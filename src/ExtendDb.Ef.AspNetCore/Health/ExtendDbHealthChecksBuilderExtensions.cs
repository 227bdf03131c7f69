using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Health;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health checks of ExtendDb to an application.</summary>
public static class ExtendDbHealthChecksBuilderExtensions
{
    /// <summary>Adds the checks <c>database</c>, <c>worker</c> and <c>lag</c>, tagged <see cref="ExtendDbHealthOptions.ReadyTag"/>.</summary>
    /// <param name="builder">The application's health checks; the application calls AddExtendDb too.</param>
    /// <param name="configure">Changes the limits of the lag; null keeps the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Cost: two statements for each run of the checks.</remarks>
    public static IHealthChecksBuilder AddExtendDb(
        this IHealthChecksBuilder builder, Action<ExtendDbHealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        // The check keeps state from one run to the next.
        builder.Services.TryAddSingleton<LagHealth>();
        string[] tags = [ExtendDbHealthOptions.ReadyTag];
        return builder
            .AddCheck<DatabaseHealth>("database", tags: tags)
            .AddCheck<WorkerHealth>("worker", tags: tags)
            .AddCheck<LagHealth>("lag", tags: tags);
    }
}
