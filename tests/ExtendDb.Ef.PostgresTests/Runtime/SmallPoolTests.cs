using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Runtime;

/// <summary>Fifty writers and a worker share a pool of two connections: nobody who holds one waits for another.</summary>
public class SmallPoolTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private const int Writers = 50;
    private const int Writes = 6;

    [Theory]
    [InlineData(0, "operations")]
    [InlineData(10, "operations")]
    [InlineData(0, "saves")]
    [InlineData(10, "saves")]
    [InlineData(0, "transactions")]
    [InlineData(10, "transactions")]
    public async Task Writers_and_worker_go_on_with_two_connections(int delayMs, string how)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await fixture.CreateDatabaseAsync())
        {
            MaxPoolSize = 2,
            Timeout = 60,
        }.ConnectionString);
        using var host = OperationsHost.Build("test", services => services.AddExtendDb(source, configure: options =>
        {
            options.CatalogPollInterval = TimeSpan.FromMilliseconds(50);
            options.Backpressure.Mode = GsiBackpressure.Assist;
            options.Backpressure.Limit = TimeSpan.FromMilliseconds(200);
        }));
        await host.StartAsync();
        var db = host.Services.GetRequiredService<IExtendDb>();
        var request = OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S", delayMs: delayMs);
        await db.CreateTableAsync(request);
        var table = await db.GetTableDefinitionAsync(request.TableName);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var write = 0; write < Writes; write++)
            {
                var item = new AttributeMap { ["Id"] = $"{writer}-{write}", ["Kind"] = $"{writer % 3}" };
                await using var context = host.Services.GetRequiredService<IDbContextFactory<ExtendDbContext>>().CreateDbContext();
                await (how switch
                {
                    "operations" => db.PutItemAsync(new(table.Name, item)),
                    "saves" => SaveAsync(context, Item.Create(table, item)),
                    _ => InTransactionAsync(context, table.Name, item),
                });
            }
        }))).WaitAsync(TestDeadline.Usual);

        await Waiting.UntilAsync(
            async () => await CountAsync(host, "SELECT count(*) FROM extenddb.gsi_pending") == 0, "the queue is drained");
        (await CountAsync(host, "SELECT count(*) FROM extenddb.index_entries")).Should().Be(Writers * Writes);
        await host.StopAsync();
    }

    private static async Task SaveAsync(ExtendDbContext context, Item item)
    {
        context.Add(item);
        await context.SaveChangesAsync();
    }

    private static async Task InTransactionAsync(ExtendDbContext context, string table, AttributeMap item)
    {
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new(table, item));
        await context.ExtendDb().DescribeTableAsync(new(table));
        await transaction.CommitAsync();
    }

    private static async Task<long> CountAsync(IHost host, string sql)
    {
        await using var connection = await host.Services.GetRequiredService<ExtendDbRuntime>().Connections.OpenAsync(default);
        return (long)(await Sql.ScalarAsync(connection, sql))!;
    }
}
