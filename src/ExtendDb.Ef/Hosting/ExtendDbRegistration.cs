using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;

namespace ExtendDb.Ef.Hosting;

/// <summary>Makes the runtimes of the registrations of one service provider: one for each data source or connection string.</summary>
/// <param name="services">The services of the application.</param>
internal sealed class ExtendDbRegistration(IServiceProvider services) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, ExtendDbRuntime> _runtimes = [];
    private readonly Dictionary<ExtendDbRuntime, Type> _first = [];
    private readonly List<NpgsqlDataSource> _owned = [];

    /// <summary>Gets the data sources that were built for the registrations, and end with them.</summary>
    public IReadOnlyCollection<NpgsqlDataSource> Owned => _owned;

    /// <summary>Returns the runtime of a registration with data sources.</summary>
    /// <param name="application">The data source of the contexts.</param>
    /// <param name="background">The data source of the background connections; null takes a share of the other one.</param>
    /// <param name="options">The options of the registration.</param>
    /// <exception cref="InvalidOperationException">The data source is registered with other options already.</exception>
    public ExtendDbRuntime Of(NpgsqlDataSource application, NpgsqlDataSource? background, ExtendDbOptions options)
    {
        lock (_lock)
        {
            if (RuntimeDirectory.Registered(application) is { } known)
            {
                known.Options.DemandSame(options, known.Name);
                return known;
            }

            var runtime = New(options, background is null
                ? DatabaseConnections.Shared(application, options.Propagation.Loops)
                : DatabaseConnections.Apart(background, ownsSource: false));
            _runtimes.Add(application, runtime);
            RuntimeDirectory.Add(runtime, application, application.ConnectionString);
            return runtime;
        }
    }

    /// <summary>Makes the data sources of a registration with a connection string.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="configure">Configures both data sources alike.</param>
    /// <param name="loops">The number of loops that apply markers.</param>
    /// <returns>The data source of the contexts, and that of the background connections; both end with the service provider.</returns>
    public (NpgsqlDataSource Application, NpgsqlDataSource Background) NewSources(
        string connectionString, Action<NpgsqlDataSourceBuilder> configure, int loops)
    {
        var application = new NpgsqlDataSourceBuilder(connectionString);
        configure(application);
        var background = new NpgsqlDataSourceBuilder(connectionString);
        configure(background);
        Bound(background, loops);
        return (Own(application.Build()), Own(background.Build()));
    }

    /// <summary>Returns the runtime of a registration by what its context was told of Npgsql.</summary>
    /// <exception cref="InvalidOperationException">
    /// The context does not use Npgsql, or its database is registered with other options already.
    /// </exception>
    public ExtendDbRuntime Of(DbContextOptionsBuilder builder, NpgsqlDataSource? background, ExtendDbOptions options)
    {
#pragma warning disable EF1001 // Nothing public tells the data source of a context before there is one.
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

            runtime = New(options, background is null
                ? DatabaseConnections.Apart(NewBackground(npgsql, connectionString, options.Propagation.Loops), ownsSource: true)
                : DatabaseConnections.Apart(background, ownsSource: false));
            _runtimes.Add(target, runtime);
            RuntimeDirectory.Add(runtime, source: null, connectionString);
            return runtime;
        }
#pragma warning restore EF1001
    }

    /// <summary>Returns whether a context is that of the first registration on its database, which does the work for all.</summary>
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
    // What EF sets on each connection of a context, set once.
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

        Bound(builder, loops);
        return builder.Build();
    }
#pragma warning restore EF1001

    private static void Bound(NpgsqlDataSourceBuilder builder, int loops)
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

    private ExtendDbRuntime New(ExtendDbOptions options, DatabaseConnections connections) => new(
        options.Copy(),
        services.GetService<TimeProvider>() ?? TimeProvider.System,
        services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
        connections)
    {
        IsRegistered = true,
    };
}
