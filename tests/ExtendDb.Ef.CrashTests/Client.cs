using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExtendDb.Ef.CrashTests;

/// <summary>DynamoDB's operations as an application has them, without a worker in this process.</summary>
internal sealed class Client : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _connectionString;

    public Client(string connectionString, bool retries = false)
    {
        // A pool of its own, however many clients of one database there are.
        _connectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = $"client-{Guid.NewGuid():N}",
        }.ConnectionString;
        var services = new ServiceCollection().AddLogging();
        _services = (retries
            ? services.AddExtendDb<ExtendDbContext>(
                (_, options) => options.UseNpgsql(_connectionString, npgsql => npgsql.EnableRetryOnFailure()), WithoutWorker)
            : services.AddExtendDb(_connectionString, WithoutWorker)).BuildServiceProvider();
    }

    public IExtendDb ExtendDb => _services.GetRequiredService<IExtendDb>();

    public async ValueTask DisposeAsync()
    {
        _services.GetRequiredService<Catalog.LocalDatabase>().CloseIdleConnections();
        await _services.DisposeAsync();
    }

    private static void WithoutWorker(ExtendDbOptions options) => options.Propagation.Enabled = false;
}
