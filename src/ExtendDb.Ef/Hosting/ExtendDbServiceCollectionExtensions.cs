using ExtendDb.Ef;
using ExtendDb.Ef.Hosting;
using ExtendDb.Ef.Options;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds ExtendDb to an application's services.</summary>
public static class ExtendDbServiceCollectionExtensions
{
    private const int PreparedStatements = 100;

    /// <summary>Adds <see cref="IExtendDb"/>, a pooled factory of <see cref="ExtendDbContext"/>, and the worker.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="connectionString">Npgsql's connection string of the database.</param>
    /// <param name="configure">Changes the options; null takes the defaults.</param>
    /// <returns>The registration.</returns>
    /// <remarks>
    /// Two data sources are built of the string: one for contexts, one for what runs in the background. Statements are
    /// prepared on their connections once they have run a few times, and connections are not reset when they go back to
    /// their pool, unless the connection string says something about <c>Max Auto Prepare</c> or <c>No Reset On Close</c>. A
    /// pooler between this process and the server that does not know prepared statements needs <c>Max Auto Prepare=0</c>; a
    /// context on which you set session state needs <c>No Reset On Close=false</c>. The options are validated, and the
    /// schema version is checked, when the host starts: a database that is older or newer than this library stops it with a
    /// <see cref="ExtendDb.Ef.SchemaVersionException"/>. The clock is the <see cref="TimeProvider"/> of the services, if there is
    /// one.
    /// </remarks>
    public static ExtendDbBuilder AddExtendDb(
        this IServiceCollection services, string connectionString, Action<ExtendDbOptions>? configure = null) =>
        services.AddExtendDb(connectionString, static _ => { }, configure);

    /// <summary>As the overload with a connection string; both data sources are configured alike.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="connectionString">Npgsql's connection string of the database.</param>
    /// <param name="configureDataSource">
    /// Configures the data sources: a password provider, certificates, an initializer of connections, tracing, a logger factory
    /// for Npgsql's own log of every command. It runs twice.
    /// </param>
    /// <param name="configure">Changes the options; null takes the defaults.</param>
    /// <returns>The registration.</returns>
    public static ExtendDbBuilder AddExtendDb(
        this IServiceCollection services,
        string connectionString,
        Action<NpgsqlDataSourceBuilder> configureDataSource,
        Action<ExtendDbOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configureDataSource);
        var forFewStatements = ForFewStatements(connectionString);
        return services.Add<ExtendDbContext>(
            (provider, builder, options) =>
            {
                var registration = provider.GetRequiredService<ExtendDbRegistration>();
                var (application, background) = registration.NewSources(
                    forFewStatements, configureDataSource, options.Propagation.Loops);
                builder.UseNpgsql(application);
                return registration.Of(application, background, options);
            },
            configure);
    }

    /// <summary>Adds <see cref="IExtendDb"/>, a pooled factory of <see cref="ExtendDbContext"/>, and the worker, on your data sources.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="dataSource">The data source of the contexts; it stays yours.</param>
    /// <param name="backgroundDataSource">
    /// The data source of what runs in the background, with a pool of about 12 connections; null takes at most half of the
    /// other one's pool.
    /// </param>
    /// <param name="configure">Changes the options; null takes the defaults.</param>
    /// <returns>The registration.</returns>
    /// <remarks>
    /// A data source has one set of options: registering it again with others is refused when the host starts. With one data
    /// source, changes of definitions within a transaction of the caller's need a second connection of the pool.
    /// </remarks>
    public static ExtendDbBuilder AddExtendDb(
        this IServiceCollection services,
        NpgsqlDataSource dataSource,
        NpgsqlDataSource? backgroundDataSource = null,
        Action<ExtendDbOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return services.Add<ExtendDbContext>(
            (provider, builder, options) =>
            {
                builder.UseNpgsql(dataSource);
                return provider.GetRequiredService<ExtendDbRegistration>().Of(dataSource, backgroundDataSource, options);
            },
            configure);
    }

    /// <summary>Adds <see cref="IExtendDb"/>, a pooled factory of the user's own context, and the worker.</summary>
    /// <typeparam name="TContext">A context that calls <c>modelBuilder.UseExtendDb()</c> in OnModelCreating.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="configureContext">Calls UseNpgsql and what else the context needs; UseExtendDb is added to it.</param>
    /// <param name="configure">Changes the options; null takes the defaults.</param>
    /// <param name="backgroundDataSource">
    /// Makes the data source of what runs in the background. Null builds one of the context's connection string, with the
    /// callbacks that UseNpgsql was given; of a context's data source it takes at most half of the pool.
    /// </param>
    /// <returns>The registration.</returns>
    /// <remarks>
    /// <para>As the other overloads. Use <c>context.ExtendDb()</c> to write items together with own entities. Interceptors that
    /// change items belong into <paramref name="configureContext"/>, in front of the library's.</para>
    /// <para>Every registration has options and an <see cref="IExtendDb"/> of its own, keyed by the type of its context:
    /// <c>services.GetRequiredKeyedService&lt;IExtendDb&gt;(typeof(TContext))</c>. Without a key it is that of the first
    /// registration. Registrations on one database share what the process keeps of it, and must have the same options.</para>
    /// <para>Connection interceptors of the context are not asked for background connections. Where one of them sets the
    /// password, give <paramref name="backgroundDataSource"/>, or let a data source with a password provider take its place:
    /// <c>UseNpgsql(dataSource)</c>.</para>
    /// </remarks>
    public static ExtendDbBuilder AddExtendDb<TContext>(
        this IServiceCollection services,
        Action<IServiceProvider, DbContextOptionsBuilder> configureContext,
        Action<ExtendDbOptions>? configure = null,
        Func<IServiceProvider, NpgsqlDataSource>? backgroundDataSource = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(configureContext);
        return services.Add<TContext>(
            (provider, builder, options) =>
            {
                configureContext(provider, builder);
                return provider.GetRequiredService<ExtendDbRegistration>()
                    .Of(builder, backgroundDataSource?.Invoke(provider), options);
            },
            configure);
    }

    /// <summary>Returns the name of the options of a registration.</summary>
    internal static string OptionsName<TContext>() =>
        typeof(TContext) == typeof(ExtendDbContext) ? Microsoft.Extensions.Options.Options.DefaultName : typeof(TContext).FullName!;

    private static ExtendDbBuilder Add<TContext>(
        this IServiceCollection services,
        Func<IServiceProvider, DbContextOptionsBuilder, ExtendDbOptions, ExtendDbRuntime> configureContext,
        Action<ExtendDbOptions>? configure)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(services);
        var name = OptionsName<TContext>();
        var registration = new ExtendDbBuilder(services, typeof(TContext), name);
        services.AddOptions<ExtendDbOptions>(name).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ExtendDbOptions>, ExtendDbOptionsValidator>());
        services.AddSingleton<IConfigureOptions<ExtendDbOptions>>(
            provider => new RegistrationOptions(name, provider, configure));
        services.TryAddSingleton<ExtendDbRegistration>();
        if (services.Any(service => service.ServiceType == typeof(ExtendDbRuntime) && Equals(service.ServiceKey, typeof(TContext))))
        {
            // Registered before: what is said now is added to its options.
            return registration;
        }

        services.AddPooledDbContextFactory<TContext>((provider, builder) => builder.UseExtendDb(configureContext(
            provider, builder, provider.GetRequiredService<IOptionsMonitor<ExtendDbOptions>>().Get(name))));
        services.AddKeyedSingleton(typeof(TContext), static (provider, _) =>
            provider.GetRequiredService<DbContextOptions<TContext>>().FindExtension<ExtendDbOptionsExtension>()!.Runtime!);
        services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<ExtendDbRuntime>(typeof(TContext)));
        services.AddKeyedSingleton<IExtendDb>(typeof(TContext), static (provider, _) => new ExtendDbOperations(
            provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext, ownsContexts: true));
        services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<IExtendDb>(typeof(TContext)));
        AddWorkers<TContext>(services);
        return registration;
    }

    private static void AddWorkers<TContext>(IServiceCollection services)
        where TContext : DbContext
    {
        services.AddSingleton<IHostedService>(provider => new StartCheck(
            Runtime(provider), provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext));
        Add(provider => new PropagationWorker(Runtime(provider), Logger<PropagationWorker>(provider)));
        Add(provider => new IndexWorker(Runtime(provider), Logger<IndexWorker>(provider)));
        Add(provider => new ExpiryWorker(
            Runtime(provider),
            provider.GetRequiredKeyedService<IExtendDb>(typeof(TContext)),
            Logger<ExpiryWorker>(provider)));
        Add(provider => new QueueGauges(Runtime(provider), Logger<QueueGauges>(provider)));
        Add(provider => new VerificationWorker(Runtime(provider), Logger<VerificationWorker>(provider)));

        // Of the registrations on one database only the first works.
        void Add<TWorker>(Func<IServiceProvider, TWorker> create)
            where TWorker : class, IHostedService => services.AddSingleton<IHostedService>(provider =>
                provider.GetRequiredService<ExtendDbRegistration>().IsFirst<TContext>(Runtime(provider))
                    ? create(provider)
                    : new NoWorker());

        static ExtendDbRuntime Runtime(IServiceProvider provider) =>
            provider.GetRequiredKeyedService<ExtendDbRuntime>(typeof(TContext));

        static ILogger<T> Logger<T>(IServiceProvider provider) =>
            provider.GetService<ILogger<T>>() ?? NullLogger<T>.Instance;
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
