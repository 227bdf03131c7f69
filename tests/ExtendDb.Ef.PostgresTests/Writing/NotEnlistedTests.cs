using System.Transactions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Operations.Transactions;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>Operations in a scope that their connection does not take part in, as the connection string says.</summary>
public class NotEnlistedTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["Id"] = "one" };

    private OperationsHost _host = null!;
    private string _table = null!;

    [Fact]
    public async Task Writers_of_one_counter_lose_no_increment()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
            for (var i = 0; i < 10; i++)
            {
                await _host.Db.UpdateItemAsync(new(_table, Key)
                {
                    UpdateExpression = "ADD n :one",
                    ExpressionAttributeValues = new AttributeMap { [":one"] = 1 },
                });
            }
        })));

        (await Host.GetAsync(_table, Key))!["n"].Should().Be((AttributeValue)40);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelled_transaction_does_not_keep_its_token(bool complete)
    {
        var request = new TransactWriteItemsRequest([Act.Update(_table, Key, "ADD n :v", 1, "attribute_exists(Id)")])
        {
            ClientRequestToken = $"{Guid.NewGuid()}",
        };
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await _host.Db.Awaiting(db => db.TransactWriteItemsAsync(request))
                .Should().ThrowAsync<TransactionCanceledException>();
            if (complete)
            {
                scope.Complete();
            }
        }

        await Host.PutAsync(_table, Key);

        await Host.Db.TransactWriteItemsAsync(request);

        (await Host.GetAsync(_table, Key)).Should().BeEquivalentTo(Key.With("n", 1));
    }

    public override async Task InitializeAsync()
    {
        _host = await OperationsHost.StartAsync(
            new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Enlist = false }.ConnectionString);
        _table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByG", "G:S"));
    }

    public override async Task DisposeAsync() => await _host.DisposeAsync();
}
