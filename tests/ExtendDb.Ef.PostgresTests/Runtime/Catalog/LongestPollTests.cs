using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Runtime.Catalog;

/// <summary>What a process leaves word of: how long it may not see a change of definitions.</summary>
public class LongestPollTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Database_begins_with_the_default()
    {
        var connection = await database.CreateDatabaseAsync();

        await using var host = await OperationsHost.StartAsync(connection);

        (await LongestAsync(host)).Should().Be(1_000);
    }

    [Fact]
    public async Task Process_that_polls_seldom_says_so_and_one_that_polls_often_does_not_take_it_back()
    {
        var connection = await database.CreateDatabaseAsync();

        await using var seldom = await StartAsync(connection, TimeSpan.FromSeconds(30));
        await using var often = await StartAsync(connection, TimeSpan.FromMilliseconds(10));

        (await LongestAsync(often)).Should().Be(30_000);
    }

    [Fact]
    public async Task Definitions_that_are_read_synchronously_say_so_too()
    {
        var connection = OperationsHost.Own(await database.CreateDatabaseAsync());
        using var host = OperationsHost.Build(connection, services => services.AddExtendDb(
            connection, options => options.CatalogPollInterval = TimeSpan.FromSeconds(20)));
        var contexts = (Microsoft.EntityFrameworkCore.IDbContextFactory<ExtendDbContext>)host.Services.GetService(
            typeof(Microsoft.EntityFrameworkCore.IDbContextFactory<ExtendDbContext>))!;

        using (var context = contexts.CreateDbContext())
        {
            ExtendDb.Ef.Runtime.ExtendDbRuntime.Of(context).Definitions.Get(context);
        }

        await using var check = new NpgsqlConnection(connection);
        await check.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT longest_poll_ms FROM extenddb.catalog_state", check);
        (await command.ExecuteScalarAsync()).Should().Be(20_000);
    }

    private static Task<OperationsHost> StartAsync(string connection, TimeSpan interval) =>
        OperationsHost.StartAsync(connection, configure: options => options.CatalogPollInterval = interval);

    private static async Task<object?> LongestAsync(OperationsHost host) =>
        await host.ScalarAsync("SELECT longest_poll_ms FROM extenddb.catalog_state");
}
