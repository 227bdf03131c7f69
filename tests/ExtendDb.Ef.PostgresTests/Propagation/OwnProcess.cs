using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>A process that only saves with plain contexts: definitions of its own, and interceptors of its own.</summary>
/// <param name="connectionString">The database.</param>
/// <param name="name">The name of its connections, which no other process has.</param>
/// <param name="options">How it uses the database.</param>
internal sealed class OwnProcess(string connectionString, string name, ExtendDbOptions options)
{
    private readonly string _connectionString =
        new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = name, MaxPoolSize = 30 }.ConnectionString;

    public ExtendDbContext CreateContext(params IInterceptor[] interceptors)
    {
        var builder = new DbContextOptionsBuilder<ExtendDbContext>();
        builder.UseNpgsql(_connectionString).UseExtendDb(options).AddInterceptors(interceptors);
        return new(builder.Options);
    }
}
