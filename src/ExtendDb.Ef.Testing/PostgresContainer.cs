using DotNet.Testcontainers.Builders;
using Testcontainers.PostgreSql;

namespace ExtendDb.Ef.Testing;

/// <summary>Starts PostgreSQL in a container, which Testcontainers removes after the process has ended.</summary>
internal static class PostgresContainer
{
    private const string Image = "postgres:17-alpine";

    /// <summary>Starts a container; returns null when no Docker engine can be reached.</summary>
    internal static async Task<PostgresServer?> TryStartAsync()
    {
        try
        {
            var container = new PostgreSqlBuilder(Image).Build();
            await container.StartAsync();
            return new PostgresServer(container.GetConnectionString(), container);
        }
        catch (DockerUnavailableException)
        {
            return null;
        }
    }
}
