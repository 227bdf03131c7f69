using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>Saves within which an interceptor, behind the library's, saves before their first statement.</summary>
public class NestedSaveTests(OperationsFixture database) : SaveTests(database)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_that_a_save_within_the_save_has_saved_stays_on_its_indexes(bool sync)
    {
        await using var context = Context(Once.Saving(async (saving, isSync) =>
        {
            await SaveAsync(saving, isSync);
            saving.Add(NewOrder());
        }));
        context.Add(NewSong("one", 1960));

        await SaveAsync(context, sync);

        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_changed_after_a_save_within_the_save_converges_to_its_last_change(bool sync)
    {
        await StoreAsync(1960, "one");
        await using var context = Context(Once.Saving(async (saving, isSync) =>
        {
            await SaveAsync(saving, isSync);
            EntryOf(saving, "one").Entity.Replace(Table, Song("one", 1980));
        }));
        (await ReadAsync(context, "one")).Replace(Table, Song("one", 1970));

        await SaveAsync(context, sync);

        (await GetAsync("one")).Should().BeEquivalentTo(Song("one", 1980));
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_in_which_another_one_has_failed_enqueues_all_the_same(bool sync)
    {
        await StoreAsync(1960, "changed", "removed");
        await using var context = Context(Once.Saving(async (saving, isSync) =>
        {
            var refused = NewOrder(new('x', 1_000));
            saving.Add(refused);
            await saving.Awaiting(s => SaveAsync(s, isSync)).Should().ThrowAsync<DbUpdateException>();
            saving.Entry(refused).State = EntityState.Detached;
        }));
        context.Add(NewSong("added", 1970));
        (await ReadAsync(context, "changed")).Replace(Table, Song("changed", 1970));
        context.Remove(await ReadAsync(context, "removed"));

        var rows = await SaveAsync(context, sync);

        rows.Should().Be(3);
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_in_which_another_one_was_suppressed_enqueues_all_the_same(bool sync)
    {
        await StoreAsync(1960, "changed", "removed");
        await using var context = Context(
            Once.Saving((saving, isSync) => SaveAsync(saving, isSync)), new SuppressingSecond());
        context.Add(NewSong("added", 1970));
        (await ReadAsync(context, "changed")).Replace(Table, Song("changed", 1970));
        context.Remove(await ReadAsync(context, "removed"));

        var rows = await SaveAsync(context, sync);

        rows.Should().Be(3);
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_in_which_the_handler_of_another_one_has_thrown_enqueues_what_was_added_after_it(bool sync)
    {
        await StoreAsync(1960, "removed");
        await using var context = Context(
            Once.Saving(async (saving, isSync) =>
            {
                await saving.Awaiting(s => SaveAsync(s, isSync)).Should().ThrowAsync<TimeoutException>();
                saving.Add(NewSong("late", 1970));
                saving.Remove(await ReadAsync(saving, "removed"));
            }),
            Once.Saved(_ => throw new TimeoutException()));
        context.Add(NewSong("first", 1960));

        await SaveAsync(context, sync);

        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_after_one_whose_interceptor_threw_within_another_enqueues(bool sync)
    {
        await StoreAsync(1960, "removed");
        await using var context = Context(
            Once.Saving((saving, isSync) => SaveAsync(saving, isSync)), Once.Saving(_ => throw new TimeoutException()));
        context.Add(NewSong("first", 1960));
        await context.Awaiting(c => SaveAsync(c, sync)).Should().ThrowAsync<TimeoutException>();
        context.Remove(await ReadAsync(context, "removed"));

        var rows = await SaveAsync(context, sync);

        rows.Should().Be(2);
        await DrainedAndExactAsync();
    }

    /// <summary>Suppresses the save that reaches it first, which is the one within the other.</summary>
    private sealed class SuppressingSecond : SaveChangesInterceptor
    {
        private bool _done;

        public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
            Interlocked.Exchange(ref _done, true) ? result : InterceptionResult<int>.SuppressWithResult(0);

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            new(SavingChanges(eventData, result));
    }
}
