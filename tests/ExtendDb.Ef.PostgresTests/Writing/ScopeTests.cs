using System.Transactions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Operations.Transactions;
using FluentAssertions;
using Xunit;
using IsolationLevel = System.Transactions.IsolationLevel;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>Operations that fail, or lose a race, within a scope that goes on.</summary>
public class ScopeTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["Id"] = "one" };
    private static readonly AttributeMap Other = new() { ["Id"] = "other" };

    private string _table = null!;

    [Fact]
    public async Task Cancelled_transaction_does_not_keep_its_token_when_the_scope_completes()
    {
        var request = new TransactWriteItemsRequest([Act.Update(_table, Key, "ADD n :v", 1, "attribute_exists(Id)")])
        {
            ClientRequestToken = $"{Guid.NewGuid()}",
        };
        using (var scope = Begin())
        {
            await Host.Db.Awaiting(db => db.TransactWriteItemsAsync(request))
                .Should().ThrowAsync<TransactionCanceledException>();
            await Host.PutAsync(_table, Key);
            scope.Complete();
        }

        await Host.Db.TransactWriteItemsAsync(request);

        (await Host.GetAsync(_table, Key)).Should().BeEquivalentTo(Key.With("n", 1));
    }

    [Fact]
    public async Task Same_request_twice_in_one_scope_is_done_once()
    {
        var request = new TransactWriteItemsRequest([Act.Update(_table, Key, "ADD n :v", 1)])
        {
            ClientRequestToken = $"{Guid.NewGuid()}",
        };

        using (var scope = Begin())
        {
            await Host.Db.TransactWriteItemsAsync(request);
            await Host.Db.TransactWriteItemsAsync(request);
            scope.Complete();
        }

        (await Host.GetAsync(_table, Key)).Should().BeEquivalentTo(Key.With("n", 1));
    }

    [Fact]
    public async Task Write_that_loses_the_race_to_insert_changes_what_the_winner_has_inserted()
    {
        await using var winner = Host.CreateContext();
        await using var winning = await winner.Database.BeginTransactionAsync();
        await winner.ExtendDb().PutItemAsync(new(_table, Key.With("W", 1)));

        using (var scope = Begin())
        {
            await Host.PutAsync(_table, Other);
            var losing = Host.Db.UpdateItemAsync(new(_table, Key)
            {
                UpdateExpression = "SET L = :l",
                ExpressionAttributeValues = new AttributeMap { [":l"] = 2 },
            });
            await LockWaits.UntilAnyAsync(Database.ConnectionString, "the loser waits for the winner");
            await winning.CommitAsync();
            await losing;
            scope.Complete();
        }

        (await Host.GetAsync(_table, Key)).Should().BeEquivalentTo(Key.With("W", 1).With("L", 2));
        (await Host.GetAsync(_table, Other)).Should().Equal(Other);
    }

    [Fact]
    public async Task Refused_condition_leaves_the_scope_usable()
    {
        using (var scope = Begin())
        {
            await Host.PutAsync(_table, Other);
            await Host.Db.Awaiting(db => db.PutItemAsync(new(_table, Key) { ConditionExpression = "attribute_exists(Id)" }))
                .Should().ThrowAsync<ConditionalCheckFailedException>();
            await Host.PutAsync(_table, Key);
            scope.Complete();
        }

        (await Host.Db.ScanAsync(new(_table))).Items.Should().BeEquivalentTo(new[] { Key, Other });
    }

    public override async Task InitializeAsync()
    {
        _table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByG", "G:S"));
    }

    private static TransactionScope Begin() => new(
        TransactionScopeOption.Required,
        new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted },
        TransactionScopeAsyncFlowOption.Enabled);
}
