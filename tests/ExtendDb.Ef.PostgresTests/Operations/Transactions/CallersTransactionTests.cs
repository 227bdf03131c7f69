using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Transactions;

/// <summary>TransactWriteItems within a transaction that the caller began.</summary>
public class CallersTransactionTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap First = new() { ["Id"] = "first" };
    private static readonly AttributeMap Second = new() { ["Id"] = "second" };
    private static readonly AttributeMap Before = new() { ["Id"] = "before" };
    private static readonly AttributeMap Later = new() { ["Id"] = "later" };

    private readonly string _token = $"{Guid.NewGuid()}";
    private string _table = null!;

    public override async Task InitializeAsync()
    {
        _table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByG", "G:S"));
    }

    [Fact]
    public async Task It_commits_with_the_callers_transaction()
    {
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().TransactAsync(Act.Put(_table, First), Act.Put(_table, Second));
        var uncommitted = await Host.GetAsync(_table, First);

        await transaction.CommitAsync();

        uncommitted.Should().BeNull();
        (await Host.GetAsync(_table, First)).Should().Equal(First);
        (await Host.GetAsync(_table, Second)).Should().Equal(Second);
    }

    [Fact]
    public async Task Rolled_back_transaction_takes_items_markers_and_token_with_it()
    {
        var rows = await Host.RowsAsync();
        await using var context = Host.CreateContext();
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            await context.ExtendDb().TransactWriteItemsAsync(Counted());
            await transaction.RollbackAsync();
        }

        (await Host.RowsAsync()).Should().Be(rows);
        await Host.Db.TransactWriteItemsAsync(Counted());
        (await Host.GetAsync(_table, First))!["N"].Should().Be((AttributeValue)1);
    }

    [Theory]
    [InlineData("condition")]
    [InlineData("run-time error")]
    [InlineData("mistyped key")]
    public async Task Cancelled_one_leaves_the_callers_transaction_usable(string why)
    {
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new(_table, Before));

        var cancelled = () => context.ExtendDb().TransactAsync(
            Act.Put(_table, First),
            why switch
            {
                "condition" => Act.Put(_table, Second, "attribute_exists(Id)"),
                "mistyped key" => Act.Delete(_table, new() { ["Id"] = 1 }),
                _ => Act.Update(_table, Second, "SET X = Y + :v", 1),
            });

        await cancelled.Should().ThrowAsync<TransactionCanceledException>();
        await context.ExtendDb().TransactAsync(Act.Put(_table, Later));
        await transaction.CommitAsync();
        (await Host.Db.ScanAsync(new(_table))).Items.Should().BeEquivalentTo(new[] { Before, Later });
    }

    [Fact]
    public async Task Cancelled_one_does_not_keep_its_token_when_the_caller_commits()
    {
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Awaiting(c => c.ExtendDb().TransactWriteItemsAsync(Counted("attribute_exists(Id)")))
            .Should().ThrowAsync<TransactionCanceledException>();
        await context.ExtendDb().PutItemAsync(new(_table, First));
        await transaction.CommitAsync();

        await Host.Db.TransactWriteItemsAsync(Counted("attribute_exists(Id)"));

        (await Host.GetAsync(_table, First)).Should().Equal(First.With("N", 1));
    }

    [Fact]
    public async Task Same_request_twice_in_one_transaction_is_done_once()
    {
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();

        await context.ExtendDb().TransactWriteItemsAsync(Counted());
        await context.ExtendDb().TransactWriteItemsAsync(Counted());
        await transaction.CommitAsync();

        (await Host.GetAsync(_table, First)).Should().Equal(First.With("N", 1));
    }

    [Fact]
    public async Task Mismatch_leaves_the_callers_transaction_usable()
    {
        await Host.Db.TransactWriteItemsAsync(Counted());
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();

        await context.Awaiting(c => c.ExtendDb().TransactWriteItemsAsync(Counted("attribute_exists(Id)")))
            .Should().ThrowAsync<IdempotentParameterMismatchException>();
        await context.ExtendDb().PutItemAsync(new(_table, Later));
        await transaction.CommitAsync();

        (await Host.GetAsync(_table, Later)).Should().Equal(Later);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Conflict_names_only_what_others_hold_and_leaves_the_callers_transaction_usable(bool stored)
    {
        await Host.PutAsync(_table, First);
        if (stored)
        {
            await Host.PutAsync(_table, Second);
        }

        await using var holder = Host.CreateContext();
        await using var holding = await holder.Database.BeginTransactionAsync();
        await holder.ExtendDb().PutItemAsync(new(_table, Second.With("X", 1)));
        var impatience = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Options = "-c lock_timeout=100" };
        await using var impatient = await OperationsHost.StartAsync(impatience.ConnectionString);
        await using var context = impatient.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new(_table, First.With("X", 2)));

        var cancelled = () => context.ExtendDb().TransactAsync(
            Act.Update(_table, First, "SET Y = :v", 3), Act.Put(_table, Second));

        (await cancelled.Should().ThrowAsync<TransactionCanceledException>()).Which.CancellationReasons
            .Select(reason => reason.Code).Should().Equal("None", "TransactionConflict");
        await context.ExtendDb().PutItemAsync(new(_table, Later));
        await transaction.CommitAsync();
        (await Host.GetAsync(_table, First)).Should().Equal(First.With("X", 2));
        (await Host.GetAsync(_table, Later)).Should().Equal(Later);
    }

    [Fact]
    public async Task Transaction_that_reads_sees_what_its_context_wrote()
    {
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().TransactAsync(Act.Put(_table, First), Act.Put(_table, Second));

        var read = await context.ExtendDb().TransactGetItemsAsync(new([Act.Get(_table, Second), Act.Get(_table, Later)]));

        read.Responses.Select(response => response.Item).Should().Equal(Second, null);
    }

    private TransactWriteItemsRequest Counted(string? when = null) =>
        new([Act.Update(_table, First, "ADD N :v", 1, when)]) { ClientRequestToken = _token };
}
