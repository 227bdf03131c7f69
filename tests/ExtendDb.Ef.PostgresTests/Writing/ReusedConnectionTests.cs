using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>A connection that goes to another context between the commit of a transaction and its disposal.</summary>
public class ReusedConnectionTests(OperationsFixture database) : OperationsTests(database)
{
    [Theory]
    [InlineData(0)]
    [InlineData(60_000)]
    public async Task Committed_transaction_that_is_disposed_late_does_not_touch_that_of_the_next_context(int delayMs)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S", delayMs: delayMs));
        var oneConnection = new NpgsqlConnectionStringBuilder(Host.ConnectionString) { MaxPoolSize = 1 }.ConnectionString;
        using var host = OperationsHost.Build(oneConnection, services =>
            services.AddExtendDb(oneConnection, options => options.Propagation.Enabled = false));
        await host.StartAsync();
        var contexts = host.Services.GetRequiredService<IDbContextFactory<ExtendDbContext>>();
        await using var first = await contexts.CreateDbContextAsync();
        await using var second = await contexts.CreateDbContextAsync();

        var committed = await first.Database.BeginTransactionAsync();
        await first.ExtendDb().PutItemAsync(new(table, Item("first")));
        await committed.CommitAsync();
        await using var running = await second.Database.BeginTransactionAsync();
        await second.ExtendDb().PutItemAsync(new(table, Item("second")));
        await committed.DisposeAsync();
        await running.CommitAsync();

        (await Host.GetAsync(table, new() { ["Id"] = "first" })).Should().NotBeNull();
        (await Host.GetAsync(table, new() { ["Id"] = "second" })).Should().NotBeNull();
        await host.StopAsync();
    }

    private static AttributeMap Item(string id) => new() { ["Id"] = id, ["Kind"] = "k" };
}
