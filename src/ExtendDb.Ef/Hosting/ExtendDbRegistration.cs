using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;

namespace ExtendDb.Ef.Hosting;

/// <summary>
/// Creates the runtimes of all registrations of a service provider: one for each data source or connection string.
/// </summary>
/// <param name="services">The services of the application.</param>
internal sealed class ExtendDbRegistration(IServiceProvider services) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, ExtendDbRuntime> _runtimes = [];
    private readonly Dictionary<ExtendDbRuntime, Type> _first = [];
    private readonly List<NpgsqlDataSource> _owned = [];

    /// <summary>Gets the data sources that this object has built, and disposes of with itself.</summary>
    public IReadOnlyCollection<NpgsqlDataSource> Owned => _owned;

    /// <summary>
    /// Returns the runtime of a registration with data sources; the first call for a data source creates it.
    /// </summary>
    /// <param name="application">The data source of the contexts.</param>
    /// <param name="background">
    /// The data source of the background connections; null takes a share of the contexts' data source.
    /// </param>
    /// <param name="options">The options of the registration.</param>
    /// <exception cref="InvalidOperationException">
    /// Another registration of the data source has other options.
    /// </exception>
    public ExtendDbRuntime Of(NpgsqlDataSource application, NpgsqlDataSource? background, ExtendDbOptions options)
    {
        lock (_lock)
        {
            if (RuntimeDirectory.Registered(application) is { } known)
            {
                known.Options.DemandSame(options, known.Name);
                return known;
            }

            var connections = background is null
                ? DatabaseConnections.Shared(application, options.Propagation.Loops)
                : DatabaseConnections.Apart(background, ownsSource: false);
            var runtime = New(options, connections, application.ConnectionString);
            _runtimes.Add(application, runtime);
            RuntimeDirectory.Add(runtime, application, application.ConnectionString);
            return runtime;
        }
    }

    /// <summary>Builds the data sources of a registration with a connection string.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="configure">Configures a data source; runs for both.</param>
    /// <param name="loops">The number of loops that apply markers.</param>
    /// <returns>
    /// The data sources of the contexts and of the background connections, which the service provider disposes of.
    /// </returns>
    public (NpgsqlDataSource Application, NpgsqlDataSource Background) NewSources(
        string connectionString, Action<NpgsqlDataSourceBuilder> configure, int loops)
    {
        var application = new NpgsqlDataSourceBuilder(connectionString);
        configure(application);
        var background = new NpgsqlDataSourceBuilder(connectionString);
        configure(background);
        LimitPool(background, loops);
        return (Own(application.Build()), Own(background.Build()));
    }

    /// <summary>
    /// Returns the runtime of a registration by its context's UseNpgsql; the first call for a database creates it.
    /// </summary>
    /// <param name="builder">The options of the context, which have called UseNpgsql.</param>
    /// <param name="background">
    /// The data source of the background connections; null builds one, or takes a share.
    /// </param>
    /// <param name="options">The options of the registration.</param>
    /// <exception cref="InvalidOperationException">
    /// The context does not use Npgsql, or another registration of its database has other options.
    /// </exception>
    public ExtendDbRuntime Of(DbContextOptionsBuilder builder, NpgsqlDataSource? background, ExtendDbOptions options)
    {
#pragma warning disable EF1001 // No public API returns the data source before a context exists.
        var npgsql = builder.Options.FindExtension<NpgsqlOptionsExtension>()
            ?? throw new InvalidOperationException(
                $"{builder.Options.ContextType.Name} does not use Npgsql. Call UseNpgsql(…) where AddExtendDb configures it.");
        var source = npgsql.DataSource as NpgsqlDataSource
            ?? (npgsql is { ConnectionString: null, DataSourceBuilderAction: null, Connection: null }
                ? services.GetService<NpgsqlDataSource>()
                : null);
        if (source is not null)
        {
            return Of(source, background, options);
        }

        var connectionString = npgsql.ConnectionString ?? npgsql.Connection?.ConnectionString
            ?? throw new InvalidOperationException(
                $"{builder.Options.ContextType.Name} has no database. Give UseNpgsql(…) a connection string or a data source.");
        lock (_lock)
        {
            var target = RuntimeDirectory.Target(connectionString);
            if (_runtimes.TryGetValue(target, out var runtime))
            {
                runtime.Options.DemandSame(options, runtime.Name);
                return runtime;
            }

            var connections = background is null
                ? DatabaseConnections.Apart(NewBackground(npgsql, connectionString, options.Propagation.Loops), ownsSource: true)
                : DatabaseConnections.Apart(background, ownsSource: false);
            runtime = New(options, connections, connectionString);
            _runtimes.Add(target, runtime);
            RuntimeDirectory.Add(runtime, source: null, connectionString);
            return runtime;
        }
#pragma warning restore EF1001
    }

    /// <summary>Returns whether a registration is the first on its database; only the first runs the workers.</summary>
    /// <typeparam name="TContext">The context of the registration.</typeparam>
    /// <remarks>The first call for a runtime decides.</remarks>
    public bool IsFirst<TContext>(ExtendDbRuntime runtime)
        where TContext : DbContext
    {
        lock (_lock)
        {
            _first.TryAdd(runtime, typeof(TContext));
            return _first[runtime] == typeof(TContext);
        }
    }

    public void Dispose()
    {
        foreach (var runtime in _runtimes.Values)
        {
            runtime.Dispose();
        }

        _owned.ForEach(source => source.Dispose());
    }

#pragma warning disable EF1001 // As above.
    // EF sets these callbacks on each connection of a context; here they are set once, on the data source.
    private NpgsqlDataSource NewBackground(NpgsqlOptionsExtension npgsql, string connectionString, int loops)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        npgsql.DataSourceBuilderAction?.Invoke(builder);
        if (npgsql.ProvideClientCertificatesCallback is not null || npgsql.RemoteCertificateValidationCallback is not null)
        {
            builder.UseSslClientAuthenticationOptionsCallback(ssl =>
            {
                if (npgsql.ProvideClientCertificatesCallback is { } provide)
                {
                    provide(ssl.ClientCertificates ??= []);
                }

                ssl.RemoteCertificateValidationCallback =
                    npgsql.RemoteCertificateValidationCallback ?? ssl.RemoteCertificateValidationCallback;
            });
        }

#pragma warning disable CS0618 // Obsolete, but a context may still use it.
        if (npgsql.ProvidePasswordCallback is { } password)
        {
            string Password(NpgsqlConnectionStringBuilder to) =>
                password(to.Host ?? string.Empty, to.Port, to.Database ?? string.Empty, to.Username ?? string.Empty);
            builder.UsePasswordProvider(Password, (to, _) => new(Password(to)));
        }
#pragma warning restore CS0618

        LimitPool(builder, loops);
        return builder.Build();
    }
#pragma warning restore EF1001

    private static void LimitPool(NpgsqlDataSourceBuilder builder, int loops)
    {
        var pool = builder.ConnectionStringBuilder;
        pool.MinPoolSize = 0;
        pool.MaxPoolSize = loops + DatabaseConnections.BesideLoops;
    }

    private NpgsqlDataSource Own(NpgsqlDataSource source)
    {
        _owned.Add(source);
        return source;
    }

    private ExtendDbRuntime New(ExtendDbOptions options, DatabaseConnections connections, string connectionString) => new(
        options.Copy(),
        services.GetService<TimeProvider>() ?? TimeProvider.System,
        services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
        connections)
    {
        IsRegistered = true,
        ContextPoolSize = new NpgsqlConnectionStringBuilder(connectionString).MaxPoolSize,
    };
}
