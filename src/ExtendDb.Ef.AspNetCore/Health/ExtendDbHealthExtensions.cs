using ExtendDb.Ef.AspNetCore.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExtendDb.Ef.AspNetCore;

/// <summary>Adds the health of ExtendDb to an application's health checks.</summary>
public static class ExtendDbHealthExtensions
{
    /// <summary>The tag of the checks that tell whether requests can be answered.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Adds the checks <c>database</c>, <c>worker</c> and <c>lag</c>, tagged <see cref="ReadyTag"/>.</summary>
    /// <param name="builder">The application's health checks; AddExtendDb has been called on its services.</param>
    /// <param name="configure">Changes when the lag is a matter of health; null takes the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Cost: two statements each time they are asked, none in between.</remarks>
    public static IHealthChecksBuilder AddExtendDb(
        this IHealthChecksBuilder builder, Action<ExtendDbHealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        // It remembers from one check to the next.
        builder.Services.TryAddSingleton<LagHealth>();
        string[] tags = [ReadyTag];
        return builder
            .AddCheck<DatabaseHealth>("database", tags: tags)
            .AddCheck<WorkerHealth>("worker", tags: tags)
            .AddCheck<LagHealth>("lag", tags: tags);
    }
}
