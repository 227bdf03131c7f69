using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Transactions;

/// <summary>A ClientRequestToken is any text, also such as PostgreSQL cannot store as it is.</summary>
public class RequestTokenTextTests(OperationsFixture database) : OperationsTests(database)
{
    [Theory]
    [InlineData("\0")]
    [InlineData("\u00010")]
    public async Task A_token_of_any_text_does_its_transaction_once(string token)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("p:S"));
        var request = Counting(table, token);

        await Host.Db.TransactWriteItemsAsync(request);
        await Host.Db.TransactWriteItemsAsync(request);

        (await Host.GetAsync(table, new() { ["p"] = "a" }))!["n"].Should().Be((AttributeValue)1);
    }

    [Fact]
    public async Task A_token_that_is_no_text_is_refused_and_nothing_done()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("p:S"));

        var transaction = () => Host.Db.TransactWriteItemsAsync(Counting(table, "a\uD83C"));

        await transaction.Should().ThrowAsync<ValidationException>().WithMessage("*surrogate*ClientRequestToken*");
        (await Host.GetAsync(table, new() { ["p"] = "a" })).Should().BeNull();
    }

    [Fact]
    public async Task Too_many_actions_are_refused_however_deep_their_values()
    {
        AttributeValue deep = "deep";
        for (var level = 0; level < 1_000; level++)
        {
            deep = new AttributeValue.L(deep);
        }

        var table = await Host.CreateAsync(OperationsTable.Of("p:S"));
        var put = new TransactWriteItem { Put = new(table, new() { ["p"] = "a", ["deep"] = deep }) };

        var transaction = () => Host.Db.TransactWriteItemsAsync(new([.. Enumerable.Repeat(put, 101)]));

        await transaction.Should().ThrowAsync<ValidationException>().WithMessage("*less than or equal to 100");
    }

    private static TransactWriteItemsRequest Counting(string table, string token) => new(
    [
        new()
        {
            Update = new(table, new() { ["p"] = "a" }, "ADD n :one")
            {
                ExpressionAttributeValues = new AttributeMap { [":one"] = 1 },
            },
        },
    ])
    {
        ClientRequestToken = token,
    };
}
