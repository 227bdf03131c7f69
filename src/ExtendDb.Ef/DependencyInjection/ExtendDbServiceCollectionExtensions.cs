using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef;

/// <summary>Adds ExtendDb to an application's services.</summary>
public static class ExtendDbServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IExtendDb"/>, a pooled factory of <see cref="ExtendDbContext"/>, and the worker.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="connectionString">Npgsql's connection string of the database.</param>
    /// <param name="configure">Changes the options; null takes the defaults.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// The options are validated, and the schema version is checked, when the host starts: a database that is older or
    /// newer than this library stops it with a <see cref="SchemaVersionException"/>.
    /// </remarks>
    public static IServiceCollection AddExtendDb(
        this IServiceCollection services, string connectionString, Action<ExtendDbOptions>? configure = null) =>
        services.AddExtendDb<ExtendDbContext>((_, options) => options.UseNpgsql(connectionString), configure);

    /// <summary>Adds <see cref="IExtendDb"/>, a pooled factory of the user's own context, and the worker.</summary>
    /// <typeparam name="TContext">A context that calls <c>modelBuilder.UseExtendDb()</c> in OnModelCreating.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="configureContext">Calls UseNpgsql and what else the context needs; UseExtendDb is added to it.</param>
    /// <param name="configure">Changes the options; null takes the defaults.</param>
    /// <returns>The same services.</returns>
    /// <remarks>As the other overload. Use <c>context.ExtendDb()</c> to write items together with own entities.</remarks>
    public static IServiceCollection AddExtendDb<TContext>(
        this IServiceCollection services,
        Action<IServiceProvider, DbContextOptionsBuilder> configureContext,
        Action<ExtendDbOptions>? configure = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configureContext);
        services.AddOptions<ExtendDbOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExtendDbOptions>, ExtendDbOptionsValidator>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddPooledDbContextFactory<TContext>((provider, builder) =>
        {
            configureContext(provider, builder);
            builder.UseExtendDb(provider.GetRequiredService<IOptions<ExtendDbOptions>>().Value);
        });
        services.TryAddSingleton<IExtendDb>(provider => new ExtendDbOperations(
            provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext, ownsContexts: true));
        services.AddHostedService<SchemaCheck<TContext>>();
        services.AddHostedService<PropagationWorker<TContext>>();
        return services;
    }
}
