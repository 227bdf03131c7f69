using System.Diagnostics;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Transactions;

public class TransactionConflictTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Free = new() { ["P"] = "a", ["S"] = 1 };
    private static readonly AttributeMap Held = new() { ["P"] = "b", ["S"] = 2 };
    private static readonly AttributeMap Last = new() { ["P"] = "c", ["S"] = 3 };
    private static readonly CancellationReason Conflict = new("TransactionConflict", "Transaction is ongoing for the item");

    // Twice of it is more than a busy machine adds to it.
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(2);

    private OperationsHost _hasty = null!;
    private string _table = null!;

    public override async Task InitializeAsync()
    {
        _hasty = await OperationsHost.StartAsync(
            Database.ConnectionString, configure: options => options.LockTimeout = LockTimeout);
        _table = await Host.CreateAsync(OperationsTable.Of("P:S S:N").WithLocal("ByL", "P:S L:N"));
        await Host.PutAsync(_table, Free);
    }

    public override async Task DisposeAsync()
    {
        await _hasty.DisposeAsync();
    }

    [Theory]
    [InlineData("stored", "put")]
    [InlineData("stored", "check")]
    [InlineData("stored", "delete")]
    [InlineData("being inserted", "put")]
    [InlineData("being inserted with a local entry", "put")]
    public async Task Item_that_another_transaction_holds_is_the_only_conflict(string item, string kind)
    {
        if (item == "stored")
        {
            await Host.PutAsync(_table, Held);
        }

        var local = item.EndsWith("entry", StringComparison.Ordinal);
        await using var holder = Host.CreateContext();
        await using var holding = await holder.Database.BeginTransactionAsync();
        await holder.ExtendDb().PutItemAsync(new(_table, local ? Held.With("L", 1) : Held.With("X", 1)));
        var clock = Stopwatch.StartNew();

        var cancelled = () => _hasty.Db.TransactAsync(
            Act.Update(_table, Free, "SET X = :v", 1),
            kind switch
            {
                "put" => Act.Put(_table, local ? Held.With("L", 2) : Held),
                "check" => Act.Check(_table, Held, "attribute_exists(P)"),
                _ => Act.Delete(_table, Held),
            },
            Act.Put(_table, Last));

        (await cancelled.Should().ThrowAsync<TransactionCanceledException>()).Which.CancellationReasons
            .Should().Equal(CancellationReason.None, Conflict, CancellationReason.None);
        clock.Elapsed.Should().BeGreaterThan(LockTimeout * 0.9).And.BeLessThan(LockTimeout * 1.9, "it waits once");
        (await Host.GetAsync(_table, Free)).Should().Equal(Free);
        (await Host.GetAsync(_table, Last)).Should().BeNull();
    }

    [Fact]
    public async Task Every_item_that_others_hold_is_a_conflict()
    {
        await Host.PutAsync(_table, Held);
        await Host.PutAsync(_table, Last);
        await using var holder = Host.CreateContext();
        await using var holding = await holder.Database.BeginTransactionAsync();
        await holder.ExtendDb().PutItemAsync(new(_table, Held.With("X", 1)));
        await holder.ExtendDb().PutItemAsync(new(_table, Last.With("X", 1)));

        var cancelled = () => _hasty.Db.TransactAsync(
            Act.Delete(_table, Last), Act.Delete(_table, Free), Act.Delete(_table, Held));

        (await cancelled.Should().ThrowAsync<TransactionCanceledException>()).Which.CancellationReasons
            .Should().Equal(Conflict, CancellationReason.None, Conflict);
    }

    [Fact]
    public async Task Item_that_becomes_free_in_time_is_no_conflict()
    {
        await using var holder = Host.CreateContext();
        await using var holding = await holder.Database.BeginTransactionAsync();
        await holder.ExtendDb().PutItemAsync(new(_table, Free.With("N", 10)));
        var waiting = Host.Db.TransactAsync(Act.Update(_table, Free, "ADD N :v", 1), Act.Put(_table, Last));
        await UntilOneWaitsAsync();

        await holding.CommitAsync();
        await waiting;

        (await Host.GetAsync(_table, Free)).Should().Equal(Free.With("N", 11));
    }

    [Fact]
    public async Task Condition_sees_what_the_transaction_waited_for()
    {
        await using var holder = Host.CreateContext();
        await using var holding = await holder.Database.BeginTransactionAsync();
        await holder.ExtendDb().PutItemAsync(new(_table, Held));
        var waiting = Host.Db.TransactAsync(
            Act.Put(_table, Held, "attribute_not_exists(P)"), Act.Update(_table, Free, "SET X = :v", 1));
        await UntilOneWaitsAsync();

        await holding.CommitAsync();
        var cancelled = () => waiting;

        (await cancelled.Should().ThrowAsync<TransactionCanceledException>()).Which.CancellationReasons
            .Select(reason => reason.Code).Should().Equal("ConditionalCheckFailed", "None");
        (await Host.GetAsync(_table, Free)).Should().Equal(Free);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("delete")]
    public async Task Item_that_was_inserted_while_the_transaction_waited_for_another_is_seen(string kind)
    {
        await using var holder = Host.CreateContext();
        await using var holding = await holder.Database.BeginTransactionAsync();
        await holder.ExtendDb().PutItemAsync(new(_table, Held));
        await holder.ExtendDb().PutItemAsync(new(_table, Free.With("X", 1)));
        var waiting = Host.Db.TransactAsync(
            kind == "check"
                ? Act.Check(_table, Held, "attribute_not_exists(P)")
                : Act.Delete(_table, Held, "attribute_not_exists(P)"),
            Act.Update(_table, Free, "SET Y = :v", 1));
        await UntilOneWaitsAsync();

        await holding.CommitAsync();
        var cancelled = () => waiting;

        (await cancelled.Should().ThrowAsync<TransactionCanceledException>()).Which.CancellationReasons
            .Select(reason => reason.Code).Should().Equal("ConditionalCheckFailed", "None");
        (await Host.GetAsync(_table, Free)).Should().Equal(Free.With("X", 1));
    }

    [Fact]
    public async Task Delete_of_an_item_that_was_inserted_while_the_transaction_waited_deletes_it()
    {
        await using var holder = Host.CreateContext();
        await using var holding = await holder.Database.BeginTransactionAsync();
        await holder.ExtendDb().PutItemAsync(new(_table, Held));
        await holder.ExtendDb().PutItemAsync(new(_table, Free.With("X", 1)));
        var waiting = Host.Db.TransactAsync(Act.Delete(_table, Held), Act.Update(_table, Free, "SET Y = :v", 1));
        await UntilOneWaitsAsync();

        await holding.CommitAsync();
        await waiting;

        (await Host.GetAsync(_table, Held)).Should().BeNull();
    }

    [Fact]
    public async Task Two_transactions_that_check_for_the_absence_of_what_the_other_puts_never_both_succeed()
    {
        for (var round = 0; round < 15; round++)
        {
            var (left, right) = (Free.With("P", $"left {round}"), Free.With("P", $"right {round}"));

            var outcomes = await Task.WhenAll(TryAsync(left, right), TryAsync(right, left));

            outcomes.Count(done => done).Should().BeLessThan(2);
            outcomes.Count(done => done).Should().Be((await ExistsAsync(left) ? 1 : 0) + (await ExistsAsync(right) ? 1 : 0));
        }

        Task<bool> TryAsync(AttributeMap absent, AttributeMap put) => Task.Run(async () => await Record.ExceptionAsync(
            () => Host.Db.TransactAsync(Act.Check(_table, absent, "attribute_not_exists(P)"), Act.Put(_table, put))) is null);

        async Task<bool> ExistsAsync(AttributeMap key) => await Host.GetAsync(_table, key) is not null;
    }

    private Task UntilOneWaitsAsync() =>
        LockWaits.UntilAnyAsync(Host.ConnectionString, "the transaction waits for the first");
}
