using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Hosting;

/// <summary>What a host leaves behind on the server.</summary>
public sealed class StoppedHostTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Stopped_host_leaves_no_connection_in_a_pool()
    {
        var host = await OperationsHost.StartAsync(database.ConnectionString);
        var table = await host.CreateAsync(OperationsTable.Of("Id:S"));
        await host.PutAsync(table, new() { ["Id"] = "1" });
        var name = new NpgsqlConnectionStringBuilder(host.ConnectionString).ApplicationName!;

        await host.DisposeAsync();

        await Waiting.UntilAsync(async () => await ConnectionsAsync(name) == 0, "its connections are closed");
    }

    [Fact]
    public async Task Running_host_can_be_found_by_its_connections()
    {
        await using var host = await OperationsHost.StartAsync(database.ConnectionString);

        (await ConnectionsAsync(new NpgsqlConnectionStringBuilder(host.ConnectionString).ApplicationName!)).Should().BePositive();
    }

    private async Task<long> ConnectionsAsync(string applicationName)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1", connection)
        {
            Parameters = { new() { Value = applicationName } },
        };
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
