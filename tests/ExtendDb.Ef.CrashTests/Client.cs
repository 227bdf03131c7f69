using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExtendDb.Ef.CrashTests;

/// <summary>DynamoDB's operations as an application has them, without a worker in this process.</summary>
internal sealed class Client : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _connectionString;

    /// <summary>Makes a client.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="retries">Whether EF tries again by itself what failed because of the server.</param>
    /// <param name="lockTimeout">How long a write waits for an item; null for the default.</param>
    /// <param name="backpressure">Whether its writes are slowed, and help, when the indexes lag.</param>
    /// <param name="interceptors">What breaks its transactions.</param>
    public Client(
        string connectionString,
        bool retries = false,
        TimeSpan? lockTimeout = null,
        bool backpressure = true,
        params IInterceptor[] interceptors)
    {
        // A pool of its own, however many clients of one database there are.
        _connectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = $"client-{Guid.NewGuid():N}",
        }.ConnectionString;
        var services = new ServiceCollection().AddLogging();
        _services = (retries || interceptors.Length > 0
            ? services.AddExtendDb<ExtendDbContext>(
                (_, options) => options
                    .UseNpgsql(
                        _connectionString,
                        npgsql =>
                        {
                            if (retries)
                            {
                                npgsql.EnableRetryOnFailure();
                            }
                        })
                    .AddInterceptors(interceptors),
                Configure).Services
            : services.AddExtendDb(_connectionString, Configure).Services).BuildServiceProvider();

        void Configure(ExtendDbOptions options)
        {
            options.Propagation.Enabled = false;
            options.LockTimeout = lockTimeout ?? options.LockTimeout;
            options.Backpressure.Mode = backpressure ? options.Backpressure.Mode : GsiBackpressure.Off;
        }
    }

    public ExtendDbContext CreateContext() =>
        _services.GetRequiredService<IDbContextFactory<ExtendDbContext>>().CreateDbContext();

    public IExtendDb ExtendDb => _services.GetRequiredService<IExtendDb>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
    }
}
