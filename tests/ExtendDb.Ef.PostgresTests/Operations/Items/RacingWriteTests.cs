using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

public class RacingWriteTests(OperationsFixture database) : OperationsTests(database)
{
    private const int Writers = 50;

    private static readonly AttributeMap Key = new() { ["Id"] = "1" };

    [Fact]
    public async Task Racing_first_puts_of_one_key_all_succeed_and_leave_one_item()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ByWriter", "Writer:N"));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Host.PutAsync(table.Name, Key.With("Writer", i))));

        (await Host.Db.ScanAsync(new(table.Name))).Items.Should().ContainSingle();
    }

    [Fact]
    public async Task Racing_first_puts_of_one_key_with_a_local_index_all_succeed_and_leave_one_item()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S Sort:S").WithLocal("ByWriter", "Id:S Writer:N"));

        await Task.WhenAll(Enumerable.Range(0, Writers)
            .Select(i => Host.PutAsync(table, Key.With("Sort", "s").With("Writer", i))));

        (await Host.Db.ScanAsync(new(table))).Items.Should().ContainSingle();
    }

    [Fact]
    public async Task Racing_batches_of_the_same_items_in_any_order_are_all_done_and_leave_exact_indexes()
    {
        const int Items = 10;
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S")
            .WithGlobal("All", "Kind:N").WithGlobal("Keys", "Kind:N", Projection.KeysOnly));

        var responses = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            var random = new Random(writer);
            var writes = Enumerable.Range(0, Items).Select(n => new AttributeMap { ["Id"] = $"{n}" }).Select(key =>
                random.Next(3) == 0 ? WriteRequest.Delete(key) : WriteRequest.Put(key.With("Kind", random.Next(3)).With("N", writer)));
            var request = new Dictionary<string, IReadOnlyList<WriteRequest>> { [table.Name] = [.. writes.OrderBy(_ => random.Next())] };
            return Host.Db.BatchWriteItemAsync(new(request));
        })));

        responses.Should().OnlyContain(response => response.UnprocessedItems.Count == 0);
        await Host.DrainAsync();
        (await IndexVerification.RunAsync(Host.Database(), table, default)).Should().HaveCount(2).And.OnlyContain(
            index => index.Missing + index.Stale + index.Orphaned + index.Waiting == 0);
    }

    [Fact]
    public async Task Put_that_waits_for_another_first_put_with_a_local_index_replaces_its_item()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S Sort:S").WithLocal("ByWriter", "Id:S Writer:N"));
        var item = Key.With("Sort", "s");
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new(table, item.With("Writer", 1)));
        var second = Host.PutAsync(table, item.With("Writer", 2));
        await UntilOneWaitsForALockAsync();

        await transaction.CommitAsync();
        await second;

        (await Host.GetAsync(table, item)).Should().Equal(item.With("Writer", 2));
    }

    [Fact]
    public async Task Racing_first_updates_of_one_key_lose_none_of_their_changes()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Host.Db.UpdateItemAsync(new(
            table, Key)
        {
            AttributeUpdates = new Dictionary<string, AttributeValueUpdate> { [$"A{i}"] = AttributeValueUpdate.Put(i) },
        })));

        (await Host.GetAsync(table, Key)).Should().HaveCount(Writers + 1);
    }

    [Fact]
    public async Task Put_that_waits_for_another_first_put_replaces_its_item_when_that_commits()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new(table, Key.With("Writer", 1)));
        var second = Host.Db.PutItemAsync(new(table, Key.With("Writer", 2)) { ReturnValues = ReturnValue.ALL_OLD });
        await UntilOneWaitsForALockAsync();

        await transaction.CommitAsync();

        (await second).Attributes.Should().Equal(Key.With("Writer", 1));
        (await Host.GetAsync(table, Key)).Should().Equal(Key.With("Writer", 2));
    }

    [Fact]
    public async Task Put_in_a_users_transaction_that_loses_the_race_keeps_what_the_transaction_did_before()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await using var winner = Host.CreateContext();
        await using var winning = await winner.Database.BeginTransactionAsync();
        await winner.ExtendDb().PutItemAsync(new(table, Key.With("Writer", 1)));
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new(table, new() { ["Id"] = "before" }));
        var second = context.ExtendDb().PutItemAsync(new(table, Key.With("Writer", 2)));
        await UntilOneWaitsForALockAsync();

        await winning.CommitAsync();
        await second;
        await transaction.CommitAsync();

        (await Host.Db.ScanAsync(new(table))).Items
            .Should().BeEquivalentTo(new[] { Key.With("Writer", 2), new AttributeMap { ["Id"] = "before" } });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_locked_by_another_transaction_for_too_long_is_a_conflict(bool stored)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        if (stored)
        {
            await Host.PutAsync(table, Key);
        }

        await using var holder = Host.CreateContext();
        await using var held = await holder.Database.BeginTransactionAsync();
        await holder.ExtendDb().PutItemAsync(new(table, Key.With("Writer", 1)));
        await using var impatient = await ImpatientAsync();

        var put = () => impatient.PutAsync(table, Key.With("Writer", 2));

        await put.Should().ThrowAsync<TransactionConflictException>().WithMessage("Transaction is ongoing for the item");
    }

    [Fact]
    public async Task Deadlock_of_two_transactions_is_a_conflict_for_one_of_them()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.PutAsync(table, new() { ["Id"] = "a" });
        await Host.PutAsync(table, new() { ["Id"] = "b" });
        await using var first = Host.CreateContext();
        await using var second = Host.CreateContext();
        await using var firsts = await first.Database.BeginTransactionAsync();
        await using var seconds = await second.Database.BeginTransactionAsync();
        await first.ExtendDb().PutItemAsync(new(table, new() { ["Id"] = "a", ["Writer"] = 1 }));
        await second.ExtendDb().PutItemAsync(new(table, new() { ["Id"] = "b", ["Writer"] = 2 }));

        var outcomes = await Task.WhenAll(
            OutcomeAsync(first, firsts, new() { ["Id"] = "b", ["Writer"] = 1 }),
            OutcomeAsync(second, seconds, new() { ["Id"] = "a", ["Writer"] = 2 }));

        outcomes.Where(o => o is not null).Should().ContainSingle().Which.Should().BeOfType<TransactionConflictException>();

        async Task<Exception?> OutcomeAsync(
            ExtendDbContext context, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, AttributeMap item)
        {
            var outcome = await Record.ExceptionAsync(() => context.ExtendDb().PutItemAsync(new(table, item)));
            await (outcome is null ? transaction.CommitAsync() : transaction.RollbackAsync());
            return outcome;
        }
    }

    private Task<OperationsHost> ImpatientAsync() => OperationsHost.StartAsync(
        new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Options = "-c lock_timeout=100" }.ConnectionString);

    private Task UntilOneWaitsForALockAsync() =>
        LockWaits.UntilAnyAsync(Host.ConnectionString, "the second writer waits for the first");
}
