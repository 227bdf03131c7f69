using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>A process that only saves with plain contexts: definitions of its own, and interceptors of its own.</summary>
/// <param name="connectionString">The database.</param>
/// <param name="name">The name of its connections, which no other process has.</param>
/// <param name="options">How it uses the database.</param>
/// <param name="time">Its clock; null for the system's.</param>
internal sealed class OwnProcess(string connectionString, string name, ExtendDbOptions options, TimeProvider? time = null)
{
    private readonly string _connectionString =
        new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = name, MaxPoolSize = 30 }.ConnectionString;

    private readonly ServiceProvider _services =
        new ServiceCollection().AddSingleton(time ?? TimeProvider.System).BuildServiceProvider();

    public ExtendDbContext CreateContext(params IInterceptor[] interceptors)
    {
        var builder = new DbContextOptionsBuilder<ExtendDbContext>();
        builder.UseNpgsql(_connectionString).UseExtendDb(options).AddInterceptors(interceptors)
            .UseApplicationServiceProvider(_services);
        return new(builder.Options);
    }
}
