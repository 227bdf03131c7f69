using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>Saves whose end is handled by the user, who saves again then, or throws.</summary>
public class SavedHandlerTests(OperationsFixture database) : SaveTests(database)
{
    private static readonly string[] Handlers = ["before", "behind", "event"];

    public static TheoryData<string, string, bool> SavesAgain
    {
        get
        {
            var all = new TheoryData<string, string, bool>();
            foreach (var handler in Handlers)
            {
                foreach (var what in new[] { "an order", "another item", "the same item", "nothing" })
                {
                    all.Add(handler, what, true);
                    all.Add(handler, what, false);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(SavesAgain))]
    public async Task Save_returns_its_own_rows_though_its_handler_saves(string handler, string what, bool sync)
    {
        await using var context = Handled(handler, (saved, isSync) => SaveAgainAsync(saved, what, isSync));
        context.AddRange(NewSong("one", 1960), NewOrder());

        var rows = await SaveAsync(context, sync);

        rows.Should().Be(2);
    }

    [Theory]
    [MemberData(nameof(SavesAgain))]
    public async Task Indexes_equal_the_items_after_a_save_whose_handler_saves(string handler, string what, bool sync)
    {
        await using var context = Handled(handler, (saved, isSync) => SaveAgainAsync(saved, what, isSync));
        context.Add(NewSong("one", 1960));

        await SaveAsync(context, sync);

        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData("before", "an order")]
    [InlineData("before", "another item")]
    [InlineData("before", "nothing")]
    [InlineData("behind", "an order")]
    [InlineData("behind", "another item")]
    [InlineData("behind", "nothing")]
    [InlineData("event", "an order")]
    [InlineData("event", "another item")]
    [InlineData("event", "nothing")]
    public async Task Item_is_on_an_index_without_delay_when_a_save_whose_handler_saves_returns(string handler, string what)
    {
        await using var context = Handled(handler, (saved, isSync) => SaveAgainAsync(saved, what, isSync));
        context.Add(NewSong("one", 1960));

        await context.SaveChangesAsync();

        (await AtOnceAsync(1960)).Should().ContainSingle().Which["Title"].Should().Be((AttributeValue)"one");
    }

    [Theory]
    [InlineData("before")]
    [InlineData("behind")]
    public async Task Item_that_a_handler_saves_is_on_an_index_without_delay_too(string handler)
    {
        await using var context = Handled(handler, (saved, isSync) => SaveAgainAsync(saved, "another item", isSync));
        context.Add(NewSong("one", 1960));

        await context.SaveChangesAsync();

        (await AtOnceAsync(1961)).Should().ContainSingle();
    }

    [Theory]
    [InlineData("before", "an order")]
    [InlineData("before", "another item")]
    [InlineData("behind", "another item")]
    public async Task Item_is_on_an_index_without_delay_when_the_transaction_of_such_a_save_has_committed(
        string handler, string what)
    {
        await using var context = Handled(handler, (saved, isSync) => SaveAgainAsync(saved, what, isSync));
        await using var transaction = await context.Database.BeginTransactionAsync();
        context.Add(NewSong("one", 1960));
        await context.SaveChangesAsync();

        await transaction.CommitAsync();

        (await AtOnceAsync(1960)).Should().ContainSingle();
        (await AtOnceAsync(1961)).Should().HaveCount(what == "another item" ? 1 : 0);
    }

    [Theory]
    [InlineData("before", true)]
    [InlineData("before", false)]
    [InlineData("behind", true)]
    [InlineData("behind", false)]
    [InlineData("event", true)]
    [InlineData("event", false)]
    public async Task Item_whose_save_ended_in_a_handler_that_throws_is_there_and_gets_on_its_indexes(string handler, bool sync)
    {
        await using var context = Handled(handler, (_, _) => throw new TimeoutException());
        context.Add(NewSong("one", 1960));

        await context.Awaiting(c => SaveAsync(c, sync)).Should().ThrowAsync<TimeoutException>();

        (await GetAsync("one")).Should().BeEquivalentTo(Song("one", 1960));
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData("before", true)]
    [InlineData("before", false)]
    [InlineData("behind", true)]
    [InlineData("behind", false)]
    [InlineData("event", true)]
    [InlineData("event", false)]
    public async Task Context_saves_on_after_a_handler_has_thrown(string handler, bool sync)
    {
        await using var context = Handled(handler, (_, _) => throw new TimeoutException());
        var song = NewSong("one", 1960);
        context.Add(song);
        await context.Awaiting(c => SaveAsync(c, sync)).Should().ThrowAsync<TimeoutException>();

        song.Replace(Table, Song("one", 1970));
        var rows = await SaveAsync(context, sync);

        rows.Should().Be(1);
        await DrainedAndExactAsync();
    }

    [Theory]
    [InlineData("before")]
    [InlineData("behind")]
    public async Task Failed_save_within_a_handler_takes_nothing_from_the_save_around_it(string handler)
    {
        await using var context = Handled(handler, async (saved, isSync) =>
        {
            var refused = NewOrder(new('x', 1_000));
            saved.Add(refused);
            await saved.Awaiting(s => SaveAsync(s, isSync)).Should().ThrowAsync<DbUpdateException>();
            saved.Entry(refused).State = EntityState.Detached;
        });
        context.Add(NewSong("one", 1960));

        var rows = await context.SaveChangesAsync();

        rows.Should().Be(1);
        (await AtOnceAsync(1960)).Should().ContainSingle();
    }

    [Fact]
    public async Task Handler_that_throws_within_a_handler_takes_nothing_from_the_save_around_it()
    {
        await using var context = Context(
            [Once.Saved(async (saved, isSync) =>
            {
                saved.Add(NewOrder());
                await saved.Awaiting(s => SaveAsync(s, isSync)).Should().ThrowAsync<TimeoutException>();
            })],
            [Once.Saved(_ => throw new TimeoutException())]);
        context.Add(NewSong("one", 1960));

        var rows = await context.SaveChangesAsync();

        rows.Should().Be(1);
        (await AtOnceAsync(1960)).Should().ContainSingle();
    }

    private OperationsCatalogContext Handled(string handler, Func<DbContext, bool, Task> act)
    {
        if (handler != "event")
        {
            var saved = Once.Saved(act);
            return handler == "before" ? Context([saved], []) : Context([], [saved]);
        }

        var context = Context();
        var done = false;
        context.SavedChanges += (_, _) =>
        {
            if (!Interlocked.Exchange(ref done, true))
            {
                act(context, true).GetAwaiter().GetResult();
            }
        };
        return context;
    }

    private async Task SaveAgainAsync(DbContext context, string what, bool sync)
    {
        switch (what)
        {
            case "an order":
                context.Add(NewOrder());
                break;
            case "another item":
                context.Add(NewSong("another", 1961));
                break;
            case "the same item":
                EntryOf(context, "one").Entity.Replace(Table, Song("one", 1962));
                break;
        }

        await SaveAsync(context, sync);
    }

    private Task<List<AttributeMap>> AtOnceAsync(int year) => Host.QueryAllAsync(OperationsQuery.OfIndex(
        Table.Name, "AtOnce", ("Genre", Condition.EqualTo($"genre of {year}"))));
}
