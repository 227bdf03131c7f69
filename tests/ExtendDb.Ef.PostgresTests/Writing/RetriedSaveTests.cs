using System.Transactions;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>Plain saves with a strategy that tries again, and with no transactions of EF's own.</summary>
public class RetriedSaveTests(OperationsFixture database) : SaveTests(database)
{
    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(1, 0, false)]
    [InlineData(2, 0, true)]
    [InlineData(2, 0, false)]
    [InlineData(0, 1, true)]
    [InlineData(0, 1, false)]
    public async Task Indexes_equal_the_items_after_a_save_that_was_tried_again(int commands, int commits, bool sync)
    {
        await StoreAsync(1960, "changed", "removed");
        var faults = new OperationsFaults();
        await using var context = Retrying(faults);
        await ChangeAsync(context);
        (faults.CommandsToBreak, faults.CommitsToBreak) = (commands, commits);

        var rows = await SaveAsync(context, sync);

        rows.Should().Be(4);
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_tried_again_keeps_what_an_interceptor_behind_the_librarys_has_done(bool sync)
    {
        await StoreAsync(1960, "changed", "removed");
        var faults = new OperationsFaults();
        await using var context = Retrying(faults, Once.Saving(saving =>
        {
            saving.Add(NewSong("new", 1990));
            EntryOf(saving, "removed").State = EntityState.Unchanged;
        }));
        await ChangeAsync(context);
        faults.CommandsToBreak = 1;

        var rows = await SaveAsync(context, sync);

        rows.Should().Be(4);
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Save_without_transactions_of_its_own_enqueues_in_the_callers(bool scope, bool sync)
    {
        await StoreAsync(1960, "changed", "removed");
        await using var context = Context();
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        await ChangeAsync(context);

        await SaveAsync(context, scope, sync);

        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_without_any_transaction_leaves_nothing(bool sync)
    {
        await StoreAsync(1960, "changed", "removed");
        var rows = await Host.RowsAsync();
        await using var context = Context();
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        await ChangeAsync(context);

        await context.Awaiting(c => SaveAsync(c, sync)).Should().ThrowAsync<InvalidOperationException>();

        (await Host.RowsAsync()).Should().Be(rows);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_added_behind_the_library_to_a_save_without_any_transaction_never_leaves_a_wrong_index(bool sync)
    {
        await StoreAsync(1960, "removed");
        await using var context = Context(Once.Saving(saving => saving.Remove(EntryOf(saving, "removed").Entity)));
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        await ReadAsync(context, "removed");
        context.Add(NewOrder());

        await Record.ExceptionAsync(() => SaveAsync(context, sync));

        await DrainedAndExactAsync();
    }

    private static async Task SaveAsync(DbContext context, bool inScope, bool sync)
    {
        using var scope = inScope ? new TransactionScope(TransactionScopeAsyncFlowOption.Enabled) : null;
        await using var transaction = inScope ? null : await context.Database.BeginTransactionAsync();
        await SaveAsync(context, sync);
        await (transaction?.CommitAsync() ?? Task.CompletedTask);
        scope?.Complete();
    }

    private OperationsCatalogContext Retrying(params IInterceptor[] behind)
    {
        var options = new DbContextOptionsBuilder<OperationsCatalogContext>();
        options.UseNpgsql(Host.ConnectionString, npgsql => npgsql.EnableRetryOnFailure(3, TimeSpan.FromMilliseconds(1), []))
            .UseExtendDb().AddInterceptors(behind);
        return new(options.Options);
    }

    private async Task ChangeAsync(OperationsCatalogContext context)
    {
        context.Add(NewOrder());
        context.Add(NewSong("added", 1970));
        (await ReadAsync(context, "changed")).Replace(Table, Song("changed", 1970));
        context.Remove(await ReadAsync(context, "removed"));
    }
}
