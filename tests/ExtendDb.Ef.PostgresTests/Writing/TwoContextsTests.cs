using ExtendDb.Ef.Model;
using ExtendDb.Ef.Writing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>Two contexts whose saves are in one transaction of the database.</summary>
public class TwoContextsTests(OperationsFixture database) : SaveTests(database)
{
    public static TheoryData<bool, bool> Pairs => new() { { true, true }, { true, false }, { false, true }, { false, false } };

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Items_of_both_are_on_an_index_without_delay_when_one_of_them_has_committed(
        bool registered, bool firstCommits)
    {
        await using var first = First(registered);
        await using var transaction = await first.Database.BeginTransactionAsync();
        await using var second = await SecondAsync(first, transaction);
        first.Add(NewSong("first", 1960));
        second.Add(NewSong("second", 1970));
        await first.SaveChangesAsync();
        await second.SaveChangesAsync();

        await (firstCommits ? first : second).Database.CommitTransactionAsync();

        (await AtOnceAsync(1960)).Should().ContainSingle();
        (await AtOnceAsync(1970)).Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Indexes_equal_the_items_of_both_after_the_commit_of_one(bool registered, bool sync)
    {
        await StoreAsync(1960, "changed", "removed");
        await using var first = First(registered);
        await using var transaction = await first.Database.BeginTransactionAsync();
        await using var second = await SecondAsync(first, transaction);
        (await ReadAsync(first, "changed")).Replace(Table, Song("changed", 1970));
        await SaveAsync(first, sync);
        second.Remove(await ReadAsync(second, "removed"));
        (await ReadAsync(second, "changed")).Replace(Table, Song("changed", 1980));
        await SaveAsync(second, sync);

        await transaction.CommitAsync();

        (await GetAsync("changed")).Should().BeEquivalentTo(Song("changed", 1980));
        await DrainedAndExactAsync();
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Rolled_back_transaction_leaves_nothing_of_either(bool registered, bool firstRollsBack)
    {
        var rows = await Host.RowsAsync();
        await using var first = First(registered);
        await using var transaction = await first.Database.BeginTransactionAsync();
        await using var second = await SecondAsync(first, transaction);
        first.Add(NewSong("first", 1960));
        second.Add(NewSong("second", 1970));
        await first.SaveChangesAsync();
        await second.SaveChangesAsync();

        await (firstRollsBack ? first : second).Database.RollbackTransactionAsync();

        (await Host.RowsAsync()).Should().Be(rows);
    }

    [Fact]
    public async Task Rolled_back_saves_are_not_owed_to_the_next_transaction_of_the_connection()
    {
        await using var first = First(registered: true);
        await using (var rolledBack = await first.Database.BeginTransactionAsync())
        {
            first.Add(NewSong("first", 1960));
            await first.SaveChangesAsync();
            await rolledBack.RollbackAsync();
        }

        await using var next = await first.Database.BeginTransactionAsync();

        Host.Database().UncommittedSaves.Take(next.GetDbTransaction()).Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Operations_of_both_commit_together(bool registered)
    {
        await using var first = First(registered);
        await using var transaction = await first.Database.BeginTransactionAsync();
        await using var second = await SecondAsync(first, transaction);
        await first.ExtendDb().PutItemAsync(new(Table.Name, Song("first", 1960)));
        await second.ExtendDb().PutItemAsync(new(Table.Name, Song("second", 1970)));

        await transaction.CommitAsync();

        (await AtOnceAsync(1960)).Should().ContainSingle();
        (await AtOnceAsync(1970)).Should().ContainSingle();
    }

    private DbContext First(bool registered) => registered ? Host.CreateContext() : Context();

    private static async Task<DbContext> SecondAsync(DbContext first, IDbContextTransaction transaction)
    {
        var options = new DbContextOptionsBuilder<OperationsCatalogContext>();
        options.UseNpgsql(first.Database.GetDbConnection()).UseExtendDb();
        var second = new OperationsCatalogContext(options.Options);
        await second.Database.UseTransactionAsync(transaction.GetDbTransaction());
        return second;
    }

    private Task<List<AttributeMap>> AtOnceAsync(int year) => Host.QueryAllAsync(OperationsQuery.OfIndex(
        Table.Name, "AtOnce", ("Genre", Condition.EqualTo($"genre of {year}"))));
}
