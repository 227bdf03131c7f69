using System.Transactions;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Item = ExtendDb.Ef.Model.Item;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>Saves whose items are changed once more by an interceptor of the user's, before or behind the library's.</summary>
public class MeddlingInterceptorTests(OperationsFixture database) : SaveTests(database)
{
    public static TheoryData<string, bool, bool, string> InAll
    {
        get
        {
            var all = new TheoryData<string, bool, bool, string>();
            foreach (var meddling in Meddlings.Keys)
            {
                foreach (var behind in new[] { true, false })
                {
                    foreach (var sync in new[] { true, false })
                    {
                        foreach (var kind in new[] { "no transaction", "a transaction", "a scope" })
                        {
                            all.Add(meddling, behind, sync, kind);
                        }
                    }
                }
            }

            return all;
        }
    }

    public static TheoryData<string, bool> Behind
    {
        get
        {
            var all = new TheoryData<string, bool>();
            foreach (var meddling in Meddlings.Keys)
            {
                all.Add(meddling, true);
                all.Add(meddling, false);
            }

            return all;
        }
    }

    // What is done to a save of one item that is added, one that is changed, one that is removed, and an order; and how many
    // of the user's rows are saved then.
    private static Dictionary<string, (Action<MeddlingInterceptorTests, DbContext> Act, int Rows)> Meddlings => new()
    {
        ["an item is added"] = ((test, context) => context.Add(test.NewSong("new", 1990)), 5),
        ["an item is changed"] = ((test, context) => test.Replace(context, "kept"), 5),
        ["an item is changed through its entry"] = ((test, context) => SetDocument(context, "kept"), 5),
        ["an item is deleted"] = ((test, context) => context.Remove(EntryOf(context, "kept").Entity), 5),
        ["the added item is changed"] = ((test, context) => test.Replace(context, "added"), 4),
        ["the added item is changed through its entry"] = ((test, context) => SetDocument(context, "added"), 4),
        ["the added item becomes unchanged"] =
            ((test, context) => EntryOf(context, "added").State = EntityState.Unchanged, 3),
        ["the added item is detached"] = ((test, context) => EntryOf(context, "added").State = EntityState.Detached, 3),
        ["the changed item is changed again"] = ((test, context) => test.Replace(context, "changed"), 4),
        ["the changed item is changed through its entry"] = ((test, context) => SetDocument(context, "changed"), 4),
        ["the changed item becomes unchanged"] =
            ((test, context) => EntryOf(context, "changed").State = EntityState.Unchanged, 3),
        ["the changed item is detached"] =
            ((test, context) => EntryOf(context, "changed").State = EntityState.Detached, 3),
        ["the changed item is deleted"] = ((test, context) => context.Remove(EntryOf(context, "changed").Entity), 4),
        ["the removed item becomes unchanged"] =
            ((test, context) => EntryOf(context, "removed").State = EntityState.Unchanged, 3),
        ["the removed item becomes changed"] =
            ((test, context) => EntryOf(context, "removed").State = EntityState.Modified, 4),
        ["the removed item is detached"] =
            ((test, context) => EntryOf(context, "removed").State = EntityState.Detached, 3),
    };

    [Theory]
    [MemberData(nameof(InAll))]
    public async Task Indexes_equal_the_items_after_a_save_in_which(string meddling, bool behind, bool sync, string kind)
    {
        var meddler = Once.Saving(context => Meddlings[meddling].Act(this, context));
        await using var context = behind ? Context([], [meddler]) : Context([meddler], []);
        await ChangeAsync(context);

        await SaveAsync(context, sync, kind);

        await DrainedAndExactAsync();
    }

    [Theory]
    [MemberData(nameof(Behind))]
    public async Task Save_returns_the_number_of_the_users_rows_when(string meddling, bool sync)
    {
        await using var context = Context(Once.Saving(saving => Meddlings[meddling].Act(this, saving)));
        await ChangeAsync(context);

        var rows = await SaveAsync(context, sync);

        rows.Should().Be(Meddlings[meddling].Rows);
    }

    [Theory]
    [MemberData(nameof(Behind))]
    public async Task Context_tracks_no_row_of_the_library_after_a_save_in_which(string meddling, bool sync)
    {
        await using var context = Context(Once.Saving(saving => Meddlings[meddling].Act(this, saving)));
        await ChangeAsync(context);

        await SaveAsync(context, sync);

        LibraryRows(context).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Behind))]
    public async Task Context_has_its_settings_after_a_save_in_which(string meddling, bool sync)
    {
        await using var context = Context(Once.Saving(saving => Meddlings[meddling].Act(this, saving)));
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        await ChangeAsync(context);

        await SaveAsync(context, sync);

        context.Database.AutoTransactionBehavior.Should().Be(AutoTransactionBehavior.Always);
        context.Database.AutoSavepointsEnabled.Should().BeTrue();
    }

    [Theory]
    [InlineData("an item is added", true, true)]
    [InlineData("an item is added", true, false)]
    [InlineData("an item is added", false, true)]
    [InlineData("an item is added", false, false)]
    [InlineData("an item is changed", true, true)]
    [InlineData("an item is changed", true, false)]
    [InlineData("an item is changed", false, true)]
    [InlineData("an item is changed", false, false)]
    [InlineData("an item is changed through its entry", true, true)]
    [InlineData("an item is changed through its entry", true, false)]
    [InlineData("an item is changed through its entry", false, true)]
    [InlineData("an item is changed through its entry", false, false)]
    [InlineData("an item is deleted", true, true)]
    [InlineData("an item is deleted", true, false)]
    [InlineData("an item is deleted", false, true)]
    [InlineData("an item is deleted", false, false)]
    public async Task Indexes_equal_the_items_after_a_save_that_had_no_item_before(string meddling, bool order, bool sync)
    {
        await StoreAsync(1960, "kept");
        await using var context = Context(Once.Saving(saving => Meddlings[meddling].Act(this, saving)));
        await ReadAsync(context, "kept");
        if (order)
        {
            context.Add(NewOrder());
        }

        var rows = await SaveAsync(context, sync);

        rows.Should().Be(order ? 2 : 1);
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Suppressed_save_can_be_repeated(bool behind, bool sync)
    {
        var suppressing = Once.Suppressing();
        await using var context = behind ? Context([], [suppressing]) : Context([suppressing], []);
        await ChangeAsync(context);
        var suppressed = await SaveAsync(context, sync);

        var rows = await SaveAsync(context, sync);

        (suppressed, rows).Should().Be((Once.Suppressed, 4));
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Suppressed_save_leaves_no_row_of_the_library_tracked(bool behind, bool sync)
    {
        var suppressing = Once.Suppressing();
        await using var context = behind ? Context([], [suppressing]) : Context([suppressing], []);
        await ChangeAsync(context);

        await SaveAsync(context, sync);

        LibraryRows(context).Should().BeEmpty();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Save_whose_interceptor_throws_can_be_repeated(bool behind, bool sync)
    {
        var throwing = Once.Saving(_ => throw new TimeoutException());
        await using var context = behind ? Context([], [throwing]) : Context([throwing], []);
        await ChangeAsync(context);
        await context.Awaiting(c => SaveAsync(c, sync)).Should().ThrowAsync<TimeoutException>();

        var rows = await SaveAsync(context, sync);

        rows.Should().Be(4);
        LibraryRows(context).Should().BeEmpty();
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_without_items_after_one_whose_interceptor_threw_saves_no_row_of_the_library(bool sync)
    {
        await using var context = Context(Once.Saving(_ => throw new TimeoutException()));
        context.Add(NewSong("added", 1960));
        await context.Awaiting(c => SaveAsync(c, sync)).Should().ThrowAsync<TimeoutException>();
        context.Entry(context.Set<Item>().Local.Single()).State = EntityState.Detached;
        context.Add(NewOrder());

        var rows = await SaveAsync(context, sync);

        rows.Should().Be(1);
        (await Host.MarkersAsync(Table)).Should().BeEmpty();
        await DrainedAndExactAsync();
    }

    private static async Task<int> SaveAsync(DbContext context, bool sync, string kind)
    {
        using var scope = kind == "a scope" ? new TransactionScope(TransactionScopeAsyncFlowOption.Enabled) : null;
        await using var transaction = kind == "a transaction" ? await context.Database.BeginTransactionAsync() : null;
        var rows = await SaveAsync(context, sync);
        await (transaction?.CommitAsync() ?? Task.CompletedTask);
        scope?.Complete();
        return rows;
    }

    private static IEnumerable<object> LibraryRows(DbContext context) =>
        context.ChangeTracker.Entries().Select(entry => entry.Entity).Where(row => row is GsiPending or IndexEntry);

    private static void SetDocument(DbContext context, string title) =>
        EntryOf(context, title).Property(item => item.Document).CurrentValue = Song(title, 1980);

    private void Replace(DbContext context, string title) =>
        EntryOf(context, title).Entity.Replace(Table, Song(title, 1980));

    private async Task ChangeAsync(OperationsCatalogContext context)
    {
        await StoreAsync(1960, "changed", "removed", "kept");
        context.Add(NewOrder());
        context.Add(NewSong("added", 1970));
        (await ReadAsync(context, "changed")).Replace(Table, Song("changed", 1970));
        context.Remove(await ReadAsync(context, "removed"));
        await ReadAsync(context, "kept");
    }
}
