using System.Transactions;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Item = ExtendDb.Ef.Model.Item;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>Saves of instances whose attributes, or original values, are not what is stored.</summary>
public class StubTests(OperationsFixture database) : SaveTests(database)
{
    [Theory]
    [InlineData(1960)]
    [InlineData(1970)]
    [InlineData(null)]
    public async Task Removed_stub_of_the_stored_version_leaves_no_entry(int? year)
    {
        await StoreAsync(1960, "one");
        await using var context = Context();
        var stub = await StubAsync(context, year is { } given ? Song("one", given) : KeyOf("one"));

        context.Remove(stub);
        await context.SaveChangesAsync();

        (await GetAsync("one")).Should().BeNull();
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(1960)]
    [InlineData(1970)]
    [InlineData(null)]
    public async Task Stub_that_is_said_to_be_changed_gets_on_its_indexes_as_it_is(int? year)
    {
        await StoreAsync(1960, "one");
        await using var context = Context();
        var document = year is { } given ? Song("one", given) : KeyOf("one");
        var stub = await StubAsync(context, document);

        context.Entry(stub).State = EntityState.Modified;
        await context.SaveChangesAsync();

        (await GetAsync("one")).Should().BeEquivalentTo(document);
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stub_that_is_replaced_by_attributes_with_its_own_keys_leaves_no_wrong_entry(bool sync)
    {
        await StoreAsync(1960, "one");
        await using var context = Context();
        var stub = await StubAsync(context, Song("one", 1970));

        stub.Replace(Table, Song("one", 1970).With("Plays", 1));
        await SaveAsync(context, sync);

        await DrainedAndExactAsync();
    }

    [Fact]
    public async Task Original_values_that_were_set_by_hand_hide_no_entry()
    {
        await StoreAsync(1960, "one");
        await using var context = Context();
        var item = await ReadAsync(context, "one");
        await StoreAsync(1970, "one");
        var entry = context.Entry(item);
        entry.Property(i => i.Version).OriginalValue = await VersionAsync();
        entry.Property(i => i.Document).OriginalValue = Song("one", 1980);

        item.Replace(Table, Song("one", 1960).With("Plays", 1));
        await context.SaveChangesAsync();

        (await GetAsync("one")).Should().BeEquivalentTo(Song("one", 1960).With("Plays", 1));
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stub_of_which_only_another_column_is_saved_changes_no_entry(bool sync)
    {
        await StoreAsync(1960, "one");
        await using var context = Context();
        var stub = await StubAsync(context, Song("one", 1970));

        context.Entry(stub).Property(item => item.SizeBytes).IsModified = true;
        await SaveAsync(context, sync);

        (await GetAsync("one")).Should().BeEquivalentTo(Song("one", 1960));
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_that_was_read_untracked_is_attached_and_saved(bool remove)
    {
        await StoreAsync(1960, "one");
        await using var context = Context();
        var item = await ReadAsync(context, "one", tracked: false);

        context.Attach(item);
        ChangeOrRemove(context, item, remove);
        await context.SaveChangesAsync();

        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_that_was_changed_before_it_was_attached_is_saved_with_its_entries(bool sync)
    {
        await StoreAsync(1960, "one");
        await using var context = Context();
        var item = await ReadAsync(context, "one", tracked: false);
        var version = item.Version;
        item.Replace(Table, Song("one", 1970));

        context.Update(item).Property(i => i.Version).OriginalValue = version;
        await SaveAsync(context, sync);

        (await GetAsync("one")).Should().BeEquivalentTo(Song("one", 1970));
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_that_was_read_before_another_change_takes_its_version_and_leaves_no_wrong_entry(bool remove)
    {
        await StoreAsync(1960, "one");
        await using var context = Context();
        var item = await ReadAsync(context, "one", tracked: false);
        await StoreAsync(1970, "one");
        context.Attach(item);
        context.Entry(item).Property(i => i.Version).OriginalValue = await VersionAsync();

        if (remove)
        {
            context.Remove(item);
        }
        else
        {
            item.Replace(Table, Song("one", 1960).With("Plays", 1));
        }

        await context.SaveChangesAsync();

        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reloaded_item_leaves_no_wrong_entry(bool remove)
    {
        await StoreAsync(1960, "one");
        await using var context = Context();
        var item = await ReadAsync(context, "one");
        await StoreAsync(1970, "one");
        await context.Entry(item).ReloadAsync();

        ChangeOrRemove(context, item, remove);
        await context.SaveChangesAsync();

        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_repeated_with_the_values_of_the_database_after_a_conflict_leaves_no_wrong_entry(bool remove)
    {
        await StoreAsync(1960, "one");
        await using var context = Context();
        var item = await ReadAsync(context, "one");
        await StoreAsync(1970, "one");
        ChangeOrRemove(context, item, remove);
        await context.Awaiting(c => c.SaveChangesAsync()).Should().ThrowAsync<DbUpdateConcurrencyException>();

        context.Entry(item).OriginalValues.SetValues((await context.Entry(item).GetDatabaseValuesAsync())!);
        await context.SaveChangesAsync();

        await DrainedAndExactAsync();
    }

    [Fact]
    public async Task Contexts_that_change_one_item_in_turn_leave_no_wrong_entry()
    {
        await StoreAsync(1960, "one");
        await using var first = Context();
        await using var second = Context();
        var (ofFirst, ofSecond) = (await ReadAsync(first, "one"), await ReadAsync(second, "one"));
        ofFirst.Replace(Table, Song("one", 1970));
        await first.SaveChangesAsync();
        await Host.DrainAsync();
        ofSecond.Replace(Table, Song("one", 1960).With("Plays", 1));
        await second.Awaiting(c => c.SaveChangesAsync()).Should().ThrowAsync<DbUpdateConcurrencyException>();
        second.Entry(ofSecond).OriginalValues.SetValues((await second.Entry(ofSecond).GetDatabaseValuesAsync())!);

        await second.SaveChangesAsync();

        (await GetAsync("one")).Should().BeEquivalentTo(Song("one", 1960).With("Plays", 1));
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData("transaction", false)]
    [InlineData("transaction", true)]
    [InlineData("scope", false)]
    [InlineData("scope", true)]
    [InlineData("savepoint", false)]
    [InlineData("savepoint", true)]
    [InlineData("operation", false)]
    [InlineData("operation", true)]
    public async Task What_a_rolled_back_save_left_in_its_instance_hides_no_entry_of_a_later_one(string undone, bool remove)
    {
        await StoreAsync(1960, "one");
        await using var context = Context();
        var item = await ReadAsync(context, "one");
        await ChangeAndUndoAsync(context, item, undone);
        await StoreAsync(1980, "one");

        // A lost update is the user's affair, a wrong index is not.
        if (remove)
        {
            context.Remove(item);
        }
        else
        {
            item.Replace(Table, Song("one", 1970).With("Plays", 1));
        }

        await Record.ExceptionAsync(() => context.SaveChangesAsync());

        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stub_that_an_interceptor_detaches_leaves_the_entries_of_what_is_stored(bool sync)
    {
        await StoreAsync(1960, "one");
        await using var context = Context(Once.Saving(saving => EntryOf(saving, "one").State = EntityState.Detached));
        context.Add(NewOrder());
        context.Entry(await StubAsync(context, Song("one", 1970))).State = EntityState.Modified;

        await SaveAsync(context, sync);

        (await GetAsync("one")).Should().BeEquivalentTo(Song("one", 1960));
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Removed_stub_that_an_interceptor_turns_back_leaves_no_wrong_entry(bool sync)
    {
        await StoreAsync(1960, "one");
        await using var context = Context(Once.Saving(saving => EntryOf(saving, "one").State = EntityState.Unchanged));
        context.Add(NewOrder());
        context.Remove(await StubAsync(context, Song("one", 1970)));

        await SaveAsync(context, sync);

        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stub_that_an_interceptor_changes_gets_on_its_indexes_as_it_is_saved(bool sync)
    {
        await StoreAsync(1960, "one");
        await using var context = Context(Once.Saving(saving =>
            EntryOf(saving, "one").Entity.Replace(Table, Song("one", 1980))));
        context.Entry(await StubAsync(context, Song("one", 1970))).State = EntityState.Modified;

        await SaveAsync(context, sync);

        (await GetAsync("one")).Should().BeEquivalentTo(Song("one", 1980));
        await DrainedAndExactAsync();
    }

    private async Task<Item> StubAsync(DbContext context, AttributeMap document)
    {
        var stub = Item.Create(Table, document);
        var entry = context.Attach(stub);
        entry.Property(item => item.Version).OriginalValue = await VersionAsync();
        entry.Property(item => item.Document).OriginalValue = document;
        return stub;
    }

    private async Task<long> VersionAsync()
    {
        await using var context = Host.CreateContext();
        return (await ReadAsync(context, "one", tracked: false)).Version;
    }

    private void ChangeOrRemove(DbContext context, Item item, bool remove)
    {
        if (remove)
        {
            context.Remove(item);
        }
        else
        {
            item.Replace(Table, Song("one", 1960).With("Plays", 1));
        }
    }

    private async Task ChangeAndUndoAsync(DbContext context, Item item, string undone)
    {
        using var scope = undone == "scope" ? new TransactionScope(TransactionScopeAsyncFlowOption.Enabled) : null;
        await using var transaction = undone == "scope" ? null : await context.Database.BeginTransactionAsync();
        if (undone == "savepoint")
        {
            await transaction!.CreateSavepointAsync("mine");
        }

        if (undone == "operation")
        {
            await context.ExtendDb().PutItemAsync(new(Table.Name, Song("one", 1970)));
        }
        else
        {
            item.Replace(Table, Song("one", 1970));
            await context.SaveChangesAsync();
        }

        if (undone == "savepoint")
        {
            await transaction!.RollbackToSavepointAsync("mine");
            await transaction.CommitAsync();
        }
        else if (transaction is not null)
        {
            await transaction.RollbackAsync();
        }
    }
}
