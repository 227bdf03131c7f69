using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Typed;

/// <summary>Objects of a class that counts the versions of its items.</summary>
public class ItemVersionTests(OperationsFixture database) : OperationsTests(database)
{
    [Fact]
    public async Task Put_stores_and_returns_the_next_version()
    {
        var accounts = await AccountsAsync();
        var opened = new Account("a", 10);

        var first = await accounts.PutAsync(opened);
        var second = await accounts.PutAsync(first with { Balance = 20 });

        (opened.Version, first.Version, second.Version).Should().Be((0, 1, 2));
        (await accounts.GetAsync("a")).Should().Be(new Account("a", 20, 2));
    }

    [Fact]
    public async Task Put_of_an_outdated_object_is_refused()
    {
        var accounts = await AccountsAsync();
        var read = await accounts.PutAsync(new("a", 10));
        await accounts.PutAsync(read with { Balance = 20 });

        var outdated = () => accounts.PutAsync(read with { Balance = 30 });
        var anew = () => accounts.PutAsync(new("a", 40));

        await outdated.Should().ThrowAsync<ConditionalCheckFailedException>();
        await anew.Should().ThrowAsync<ConditionalCheckFailedException>();
        (await accounts.GetAsync("a")).Should().Be(new Account("a", 20, 2));
    }

    [Fact]
    public async Task Of_racing_puts_of_one_version_one_is_stored()
    {
        var accounts = await AccountsAsync();
        var read = await accounts.PutAsync(new("a", 0));

        var puts = await Task.WhenAll(Enumerable.Range(1, 20).Select(async balance =>
        {
            try
            {
                await accounts.PutAsync(read with { Balance = balance });
                return balance;
            }
            catch (ConditionalCheckFailedException)
            {
                return 0;
            }
        }));

        var stored = puts.Should().ContainSingle(balance => balance > 0).Which;
        (await accounts.GetAsync("a")).Should().Be(new Account("a", stored, 2));
    }

    [Fact]
    public async Task Version_and_the_condition_of_the_caller_must_both_hold()
    {
        var accounts = await AccountsAsync();
        var read = await accounts.PutAsync(new("a", 10));

        var refused = () => accounts.PutAsync(read with { Balance = 0 }, $"Balance > {10} AND Balance < {20}");
        var other = () => accounts.PutAsync(read with { Version = 7 }, $"Balance = {10} OR Balance = {11}");

        await refused.Should().ThrowAsync<ConditionalCheckFailedException>();
        await other.Should().ThrowAsync<ConditionalCheckFailedException>();
        (await accounts.PutAsync(read, $"Balance = {10}")).Version.Should().Be(2);
    }

    [Fact]
    public async Task Deletion_of_an_outdated_object_is_refused_and_of_a_key_is_not()
    {
        var accounts = await AccountsAsync();
        var read = await accounts.PutAsync(new("a", 10));
        await accounts.PutAsync(read);

        var outdated = () => accounts.DeleteAsync(read);

        await outdated.Should().ThrowAsync<ConditionalCheckFailedException>();
        await accounts.DeleteAsync("a");
        (await accounts.GetAsync("a")).Should().BeNull();
    }

    [Theory]
    [InlineData("SET")]
    [InlineData("ADD")]
    [InlineData("REMOVE")]
    public async Task Update_by_an_expression_counts_the_version_too(string clause)
    {
        var accounts = await AccountsAsync();
        var read = await accounts.PutAsync(new("a", 10));

        var updated = clause switch
        {
            "SET" => await accounts.UpdateAsync("a", $"SET Balance = Balance + {5}"),
            "ADD" => await accounts.UpdateAsync("a", $"SET Note = {"ADD"} add Balance {5}"),
            _ => await accounts.UpdateAsync("a", $"SET Balance = {15} REMOVE Note"),
        };
        var outdated = () => accounts.PutAsync(read);

        updated.Should().Be(new Account("a", 15, 2));
        await outdated.Should().ThrowAsync<ConditionalCheckFailedException>();
    }

    [Fact]
    public async Task Put_of_many_and_parts_of_a_transaction_store_the_next_version()
    {
        var accounts = await AccountsAsync();
        await accounts.PutManyAsync([new("a", 1), new("b", 1)]);
        var (a, b) = (await accounts.GetAsync("a"), await accounts.GetAsync("b"));

        await Host.Db.TransactWriteItemsAsync(new([
            accounts.PutPart(a! with { Balance = 0 }),
            accounts.UpdatePart("b", $"SET Balance = Balance + {1}", $"Version = {1}"),
        ]));
        var outdated = () => Host.Db.TransactWriteItemsAsync(new([accounts.PutPart(a), accounts.DeletePart("b")]));

        await outdated.Should().ThrowAsync<TransactionCanceledException>();
        (await accounts.GetAsync("a")).Should().Be(new Account("a", 0, 2));
        (await accounts.GetAsync("b")).Should().Be(b! with { Balance = 2, Version = 2 });
    }

    private async Task<TypedTable<Account>> AccountsAsync() =>
        Host.Db.Table<Account>(await Host.CreateAsync(OperationsTable.Of("Id:S")));
}
