using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static ExtendDb.Ef.ServerTests.Sdk.Values;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>Writes that meet a transaction which holds their item.</summary>
public sealed class ConflictTests(WireServer server) : IClassFixture<WireServer>
{
    [Fact]
    public async Task A_held_item_is_the_typed_conflict_of_a_single_write_and_a_reason_of_a_transaction()
    {
        await using var app = await WireServer.StartAsync(
            server.ConnectionString,
            keys: null,
            builder => builder.Configuration["ExtendDb:LockTimeout"] = "00:00:00.2");
        using var client = WireServer.ClientOf(new(app.Urls.First()));
        var table = await TableSpec.Of("Id:S").CreateAsync(client);
        await client.PutItemAsync(table, Item(("Id", S("1"))));
        await using var context = ContextOf(server.ConnectionString);
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Database.ExecuteSqlRawAsync("SELECT 1 FROM extenddb.items FOR UPDATE");

        var writing = () => client.PutItemAsync(table, Item(("Id", S("1"))));
        var transacting = () => client.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { Put = new() { TableName = table, Item = Item(("Id", S("free"))) } },
                new() { Put = new() { TableName = table, Item = Item(("Id", S("1"))) } },
            ],
        });

        (await writing.Should().ThrowExactlyAsync<TransactionConflictException>())
            .WithMessage("Transaction is ongoing for the item");
        (await transacting.Should().ThrowExactlyAsync<TransactionCanceledException>()).Which
            .CancellationReasons.Select(reason => reason.Code).Should().Equal("None", "TransactionConflict");
    }

    private static ExtendDbContext ContextOf(string connectionString) =>
        new(new DbContextOptionsBuilder<ExtendDbContext>().UseNpgsql(connectionString).Options);
}
