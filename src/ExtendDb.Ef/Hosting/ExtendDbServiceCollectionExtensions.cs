using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Hosting;
using ExtendDb.Ef.Options;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the services of ExtendDb to an application.</summary>
public static class ExtendDbServiceCollectionExtensions
{
    private const int PreparedStatements = 100;

    /// <summary>
    /// Adds <see cref="IExtendDb"/>, a pooled factory of <see cref="ExtendDbContext"/>, and the worker.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="connectionString">Npgsql's connection string of the database.</param>
    /// <param name="configure">Changes the options; null takes the defaults.</param>
    /// <returns>The builder of the registration, to which further options are added.</returns>
    /// <remarks>
    /// <para>The connection string gives two data sources: one for contexts, one for background work. Npgsql prepares
    /// a statement once it has run a few times, and does not reset a connection that returns to its pool, unless the
    /// connection string sets <c>Max Auto Prepare</c> or <c>No Reset On Close</c>. A pooler in front of the server that
    /// does not support prepared statements needs <c>Max Auto Prepare=0</c>; a context whose callers set session state
    /// needs <c>No Reset On Close=false</c>.</para>
    /// <para>The start of the host validates the options and checks the schema version: when the schema is older or
    /// newer than this library's, the host does not start, and throws a
    /// <see cref="ExtendDb.Ef.SchemaVersionException"/>. It throws a <see cref="ExtendDb.Ef.MissingGrantsException"/>
    /// when the role of the connection may not read, or, unless <c>Propagation.Enabled</c> is false, may not do what a
    /// worker does. The clock is the <see cref="TimeProvider"/> of the services, or the system's when there is
    /// none.</para>
    /// </remarks>
    [RequiresUnreferencedCode(Trimming.EfCore)]
    [RequiresDynamicCode(Trimming.EfCore)]
    public static ExtendDbBuilder AddExtendDb(
        this IServiceCollection services, string connectionString, Action<ExtendDbOptions>? configure = null) =>
        services.AddExtendDb(connectionString, static _ => { }, configure);

    /// <summary>
    /// Adds the same services as the overload with a connection string, on data sources that a callback configures.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="connectionString">Npgsql's connection string of the database.</param>
    /// <param name="configureDataSource">
    /// Configures a data source, for example its password provider, certificates, connection initializer, tracing, or
    /// the logger factory for Npgsql's own log of every command. Runs once for each of the two data sources.
    /// </param>
    /// <param name="configure">Changes the options; null takes the defaults.</param>
    /// <returns>The builder of the registration, to which further options are added.</returns>
    [RequiresUnreferencedCode(Trimming.EfCore)]
    [RequiresDynamicCode(Trimming.EfCore)]
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

    /// <summary>
    /// Adds <see cref="IExtendDb"/>, a pooled factory of <see cref="ExtendDbContext"/>, and the worker, on data sources
    /// of the application.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="dataSource">The data source of the contexts; the application disposes of it.</param>
    /// <param name="backgroundDataSource">
    /// The data source of the background work, with a pool of about 12 connections; null takes at most half of the pool
    /// of <paramref name="dataSource"/>. The application disposes of it.
    /// </param>
    /// <param name="configure">Changes the options; null takes the defaults.</param>
    /// <returns>The builder of the registration, to which further options are added.</returns>
    /// <remarks>
    /// A data source has one set of options: the host does not start when two registrations of a data source have
    /// different options. With one data source, an operation that changes definitions while its context is in a
    /// transaction needs a second connection of the pool.
    /// </remarks>
    [RequiresUnreferencedCode(Trimming.EfCore)]
    [RequiresDynamicCode(Trimming.EfCore)]
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

    /// <summary>
    /// Adds <see cref="IExtendDb"/>, a pooled factory of the application's own context, and the worker.
    /// </summary>
    /// <typeparam name="TContext">
    /// A context that calls <c>modelBuilder.UseExtendDb()</c> in OnModelCreating.
    /// </typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="configureContext">
    /// Calls UseNpgsql, and adds the other options of the context; the registration adds UseExtendDb.
    /// </param>
    /// <param name="configure">Changes the options; null takes the defaults.</param>
    /// <param name="backgroundDataSource">
    /// Returns the data source of the background work. With null, a context with a connection string gets a second data
    /// source, built with the callbacks that UseNpgsql was given; a context with a data source gives at most half of
    /// its pool.
    /// </param>
    /// <returns>The builder of the registration, to which further options are added.</returns>
    /// <remarks>
    /// <para>The host checks the options and the schema as with the other overloads. Use <c>context.ExtendDb()</c> to
    /// write items together with other entities. Interceptors that change items belong in
    /// <paramref name="configureContext"/>, so that they run before the library's.</para>
    /// <para>Each registration has its own options and its own <see cref="IExtendDb"/>, keyed by the type of its
    /// context: <c>services.GetRequiredKeyedService&lt;IExtendDb&gt;(typeof(TContext))</c>. Without a key, the services
    /// return that of the first registration. Registrations on one database share the state that the process keeps for
    /// it, and must have the same options.</para>
    /// <para>Background connections do not run the context's connection interceptors. When such an interceptor sets the
    /// password, give <paramref name="backgroundDataSource"/>, or use a data source with a password provider instead:
    /// <c>UseNpgsql(dataSource)</c>.</para>
    /// </remarks>
    [RequiresUnreferencedCode(Trimming.EfCore)]
    [RequiresDynamicCode(Trimming.EfCore)]
    public static ExtendDbBuilder AddExtendDb<[DynamicallyAccessedMembers(Trimming.Context)] TContext>(
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

    private static ExtendDbBuilder Add<[DynamicallyAccessedMembers(Trimming.Context)] TContext>(
        this IServiceCollection services,
        Func<IServiceProvider, DbContextOptionsBuilder, ExtendDbOptions, ExtendDbRuntime> configureContext,
        Action<ExtendDbOptions>? configure)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(services);
        var name = OptionsName<TContext>();
        var registration = new ExtendDbBuilder(
            services,
            typeof(TContext),
            name,
            static provider => provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext());
        services.AddOptions<ExtendDbOptions>(name).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ExtendDbOptions>, ExtendDbOptionsValidator>());
        services.AddSingleton<IConfigureOptions<ExtendDbOptions>>(
            provider => new RegistrationOptions(name, provider, configure));
        services.TryAddSingleton<ExtendDbRegistration>();
        if (services.Any(service => service.ServiceType == typeof(ExtendDbRuntime) && Equals(service.ServiceKey, typeof(TContext))))
        {
            // The context is registered already: this call only adds to its options.
            return registration;
        }

        services.AddPooledDbContextFactory<TContext>((provider, builder) => builder.UseExtendDb(configureContext(
            provider, builder, provider.GetRequiredService<IOptionsMonitor<ExtendDbOptions>>().Get(name))));
        services.AddKeyedSingleton(typeof(TContext), static (provider, _) =>
            provider.GetRequiredService<DbContextOptions<TContext>>().FindExtension<ExtendDbOptionsExtension>()!.Runtime!);
        services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<ExtendDbRuntime>(typeof(TContext)));
        services.AddKeyedSingleton<IExtendDb>(typeof(TContext), static (provider, _) =>
        {
            Func<DbContext> contexts = provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext;
            var direct = DirectAccess.Of(
                provider.GetRequiredService<DbContextOptions<TContext>>(),
                provider.GetRequiredKeyedService<ExtendDbRuntime>(typeof(TContext)));
            return new ExtendDbOperations(() => new OperationContext(contexts, direct));
        });
        services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<IExtendDb>(typeof(TContext)));
        AddWorkers<TContext>(services);
        return registration;
    }

    private static void AddWorkers<[DynamicallyAccessedMembers(Trimming.Context)] TContext>(IServiceCollection services)
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
        Add(provider => new StreamWorker(Runtime(provider), Logger<StreamWorker>(provider)));
        Add(provider => new QueueGauges(Runtime(provider), Logger<QueueGauges>(provider)));
        Add(provider => new VerificationWorker(Runtime(provider), Logger<VerificationWorker>(provider)));

        // Of the registrations on one database, only the first runs workers.
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

    // The library runs few different statements, each many times. Parsing and planning a statement, and a DISCARD ALL
    // before the first one of a caller, are more than half of what a small read costs. The statements leave no session
    // state behind.
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
