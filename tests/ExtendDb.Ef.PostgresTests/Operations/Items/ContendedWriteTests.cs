using System.Diagnostics;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>Many writers of one item, none of which retries: what each is promised holds all the same.</summary>
public class ContendedWriteTests(OperationsFixture database) : OperationsTests(database)
{
    private const int Writers = 50;

    private static readonly AttributeMap Key = new() { ["Id"] = "1" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task First_writes_of_one_key_all_succeed(bool local)
    {
        var table = await Host.CreateAsync(local
            ? OperationsTable.Of("Id:S Sort:S").WithLocal("ByWriter", "Id:S Writer:N")
            : OperationsTable.Of("Id:S"));
        var key = local ? Key.With("Sort", "s") : Key;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Host.PutAsync(table, key.With("Writer", i))));

        (await Host.Db.ScanAsync(new(table))).Items.Should().ContainSingle();
    }

    [Fact]
    public async Task Exactly_one_of_many_puts_on_the_condition_that_there_is_no_item_wins()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ByWriter", "Writer:N"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Record.ExceptionAsync(() =>
            Host.Db.PutItemAsync(new(table.Name, Key.With("Writer", i))
            {
                ConditionExpression = "attribute_not_exists(Id)",
            }))));

        outcomes.Where(o => o is null).Should().ContainSingle();
        outcomes.OfType<ConditionalCheckFailedException>().Should().HaveCount(Writers - 1);
        (await Host.GetAsync(table.Name, Key))!["Writer"]
            .Should().Be((AttributeValue)Array.FindIndex(outcomes, o => o is null));
        (await Host.MarkersAsync(table)).Should().ContainSingle("the losers wrote nothing");
    }

    [Fact]
    public async Task Counter_loses_no_addition()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var responses = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Host.Db.UpdateItemAsync(new(table, Key)
        {
            UpdateExpression = "ADD N :one",
            ExpressionAttributeValues = new AttributeMap { [":one"] = 1 },
            ReturnValues = ReturnValue.UPDATED_NEW,
        })));

        (await Host.GetAsync(table, Key))!["N"].Should().Be((AttributeValue)Writers);
        responses.Select(r => r.Attributes!["N"]).Should().OnlyHaveUniqueItems("each saw the sum that it made");
    }

    [Fact]
    public async Task Exactly_one_of_many_updates_of_one_version_wins()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.PutAsync(table, Key.With("V", 0));

        for (var round = 0; round < 3; round++)
        {
            var values = new AttributeMap { [":old"] = round, [":new"] = round + 1 };
            var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Record.ExceptionAsync(() =>
                Host.Db.UpdateItemAsync(new(table, Key)
                {
                    UpdateExpression = "SET V = :new",
                    ConditionExpression = "V = :old",
                    ExpressionAttributeValues = values,
                }))));

            outcomes.Where(o => o is null).Should().ContainSingle();
            outcomes.OfType<ConditionalCheckFailedException>().Should().HaveCount(Writers - 1);
        }
    }

    [Fact]
    public async Task Racing_puts_and_deletions_of_one_item_all_succeed()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S Sort:S").WithLocal("ByWriter", "Id:S Writer:N"));
        var key = Key.With("Sort", "s");

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => i % 2 == 0
            ? Host.PutAsync(table, key.With("Writer", i))
            : Host.Db.DeleteItemAsync(new(table, key))));

        (await Host.Db.ScanAsync(new(table) { IndexName = "ByWriter" })).Items
            .Should().BeEquivalentTo((await Host.Db.ScanAsync(new(table))).Items);
    }

    [Theory]
    [InlineData("put", true)]
    [InlineData("put", false)]
    [InlineData("update", true)]
    [InlineData("update", false)]
    [InlineData("delete", true)]
    public async Task Write_of_an_item_that_another_transaction_holds_is_a_conflict_after_the_lock_timeout(
        string write, bool stored)
    {
        var timeout = TimeSpan.FromMilliseconds(200);
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        if (stored)
        {
            await Host.PutAsync(table, Key);
        }

        await using var holder = Host.CreateContext();
        await using var transaction = await holder.Database.BeginTransactionAsync();
        await holder.ExtendDb().PutItemAsync(new(table, Key.With("Writer", 1)));
        await using var impatient = await OperationsHost.StartAsync(
            Database.ConnectionString, configure: options => options.LockTimeout = timeout);
        Task WriteAsync() => write switch
        {
            "put" => impatient.PutAsync(table, Key.With("Writer", 2)),
            "update" => impatient.Db.UpdateItemAsync(new(table, Key) { UpdateExpression = "SET Writer = Id" }),
            _ => impatient.Db.DeleteItemAsync(new(table, Key)),
        };
        var clock = Stopwatch.StartNew();

        var refused = WriteAsync;

        await refused.Should().ThrowAsync<TransactionConflictException>().WithMessage("Transaction is ongoing for the item");
        clock.Elapsed.Should().BeGreaterThan(timeout * 0.9);
        (await Host.GetAsync(table, Key)).Should().BeEquivalentTo(stored ? Key : null);
        await transaction.CommitAsync();
        await WriteAsync();
    }

    [Fact]
    public async Task Reads_do_not_wait_for_a_held_item_and_see_it_as_it_was()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.PutAsync(table, Key.With("Writer", 0));
        await using var holder = Host.CreateContext();
        await using var transaction = await holder.Database.BeginTransactionAsync();
        await holder.ExtendDb().DeleteItemAsync(new(table, Key));

        var got = await Host.GetAsync(table, Key);
        var batch = await Host.Db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes> { [table] = new([Key]) }));

        got.Should().Equal(Key.With("Writer", 0));
        batch.Responses[table].Should().Equal(Key.With("Writer", 0));
    }
}
