using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Schema;
using ExtendDb.Ef.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExtendDb.Ef;

/// <summary>Adds ExtendDb to an application's services.</summary>
public static class ExtendDbServiceCollectionExtensions
{
    private const int PreparedStatements = 100;

    /// <summary>Adds <see cref="IExtendDb"/>, a pooled factory of <see cref="ExtendDbContext"/>, and the worker.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="connectionString">Npgsql's connection string of the database.</param>
    /// <param name="configure">Changes the options; null takes the defaults.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// Statements are prepared on their connections once they have run a few times, and connections are not reset when they
    /// go back to their pool, unless the connection string says something about <c>Max Auto Prepare</c> or <c>No Reset On
    /// Close</c>. A pooler between this process and the server that does not know prepared statements needs <c>Max Auto
    /// Prepare=0</c>; a context on which you set session state needs <c>No Reset On Close=false</c>. The options are validated, and the schema version is checked, when the host starts: a database that is older or
    /// newer than this library stops it with a <see cref="SchemaVersionException"/>.
    /// </remarks>
    public static IServiceCollection AddExtendDb(
        this IServiceCollection services, string connectionString, Action<ExtendDbOptions>? configure = null) =>
        services.AddExtendDb<ExtendDbContext>((_, options) => options.UseNpgsql(ForFewStatements(connectionString)), configure);

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
        services.TryAddSingleton(provider =>
        {
            using var context = provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
            return ExtendDbRuntime.Of(context);
        });
        services.AddHostedService<SchemaCheck<TContext>>();
        services.AddHostedService<PropagationWorker<TContext>>();
        services.AddHostedService<QueueMonitor<TContext>>();
        services.AddHostedService<PeriodicVerification<TContext>>();
        return services;
    }

    // Few statements run again and again: parsing and planning them, and a DISCARD ALL before each first one, are more
    // than half of what a small read costs. Nothing here leaves session state behind.
    private static string ForFewStatements(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ShouldSerialize("Max Auto Prepare"))
        {
            builder.MaxAutoPrepare = PreparedStatements;
        }

        if (!builder.ShouldSerialize("No Reset On Close"))
        {
            builder.NoResetOnClose = true;
        }

        return builder.ConnectionString;
    }
}
