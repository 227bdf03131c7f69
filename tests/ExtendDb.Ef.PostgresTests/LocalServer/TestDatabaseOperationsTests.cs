using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

/// <summary>What a test of a user's does with the package ExtendDb.Ef.Testing, in any framework.</summary>
public class TestDatabaseOperationsTests
{
    private static readonly AttributeMap Misty = new() { ["Song"] = "Misty", ["Year"] = 1960 };

    [Fact]
    public async Task Index_finds_what_was_put_before_it_was_up_to_date()
    {
        await using var database = await TestDatabase.CreateAsync();
        var extendDb = await database.GetExtendDbAsync();
        await extendDb.CreateTableAsync(Music());
        await extendDb.PutItemAsync(new("Music", Misty));

        await database.IndexesAreUpToDateAsync();

        (await YearAsync(extendDb)).Should().ContainSingle().Which.Should().Equal(Misty);
    }

    [Fact]
    public async Task Index_finds_what_a_context_of_the_user_has_saved()
    {
        await using var database = await TestDatabase.CreateAsync();
        var extendDb = await database.GetExtendDbAsync();
        await extendDb.CreateTableAsync(Music());
        await using var context = new ExtendDbContext(
            new DbContextOptionsBuilder<ExtendDbContext>().UseNpgsql(database.ConnectionString).UseExtendDb().Options);
        context.Add(Item.Create(await context.ExtendDb().GetTableDefinitionAsync("Music"), Misty));
        await context.SaveChangesAsync();

        await database.IndexesAreUpToDateAsync();

        (await YearAsync(extendDb)).Should().ContainSingle();
    }

    [Fact]
    public async Task New_index_is_ACTIVE_when_indexes_are_up_to_date()
    {
        await using var database = await TestDatabase.CreateAsync();
        var extendDb = await database.GetExtendDbAsync();
        await extendDb.CreateTableAsync(OperationsTable.Of("Song:S") with { TableName = "Music" });
        await extendDb.PutItemAsync(new("Music", Misty));
        await extendDb.UpdateTableAsync(new("Music")
        {
            AttributeDefinitions = [new("Song", AttributeType.S), new("Year", AttributeType.N)],
            GlobalSecondaryIndexUpdates =
                [new() { Create = new("by-year", [new("Year", KeyType.HASH)], Projection.All) }],
        });

        await database.IndexesAreUpToDateAsync(TestDeadline.Usual);

        (await YearAsync(extendDb)).Should().ContainSingle();
    }

    [Fact]
    public async Task Wait_that_takes_too_long_names_the_index_and_its_markers()
    {
        await using var database = await TestDatabase.CreateAsync();
        var extendDb = await database.GetExtendDbAsync();
        await extendDb.CreateTableAsync(Music(delayMs: 3_600_000));
        await extendDb.PutItemAsync(new("Music", Misty));

        var wait = () => database.IndexesAreUpToDateAsync(TimeSpan.FromMilliseconds(1));

        await wait.Should().ThrowAsync<TimeoutException>().WithMessage("*Music.by-year: 1 markers wait, due after its delay.");
    }

    [Fact]
    public async Task Wait_that_takes_too_long_names_the_quarantine_and_its_error()
    {
        await using var database = await TestDatabase.CreateAsync();
        var extendDb = await database.GetExtendDbAsync();
        await extendDb.CreateTableAsync(Music());
        await Sql.ExecuteAsync(
            database.ConnectionString, "ALTER TABLE extenddb.index_entries ADD CONSTRAINT no_such_entry CHECK (false) NOT VALID");
        await extendDb.PutItemAsync(new("Music", Misty));
        await Waiting.UntilAsync(
            async () => await Sql.ScalarAsync(database.ConnectionString, "SELECT count(*) FROM extenddb.gsi_quarantine") is 1L,
            "the entry is in quarantine");

        var wait = () => database.IndexesAreUpToDateAsync(TimeSpan.FromMilliseconds(1));

        await wait.Should().ThrowAsync<TimeoutException>().WithMessage("*Music.by-year: *1 quarantined*23514*no_such_entry*");
    }

    [Fact]
    public async Task Databases_that_are_used_at_once_have_their_own_items_and_indexes()
    {
        var found = await Task.WhenAll(Enumerable.Range(0, 3).Select(async number =>
        {
            await using var database = await TestDatabase.CreateAsync();
            var extendDb = await database.GetExtendDbAsync();
            await extendDb.CreateTableAsync(Music());
            await extendDb.PutItemAsync(new("Music", Misty.With("Song", $"{number}")));
            await database.IndexesAreUpToDateAsync(TestDeadline.Usual);
            return await YearAsync(extendDb);
        }));

        found.Should().AllSatisfy(items => items.Should().ContainSingle());
        found.Select(items => items[0]["Song"]).Should().Equal((AttributeValue)"0", "1", "2");
    }

    [Fact]
    public async Task Operations_are_the_same_at_each_call()
    {
        await using var database = await TestDatabase.CreateAsync();

        var both = await Task.WhenAll(database.GetExtendDbAsync(), database.GetExtendDbAsync());

        both[0].Should().BeSameAs(both[1]);
    }

    [Fact]
    public async Task Disposed_database_has_no_worker_left()
    {
        var database = await TestDatabase.CreateAsync();
        var extendDb = await database.GetExtendDbAsync();

        await database.DisposeAsync();
        await database.DisposeAsync();

        await extendDb.Awaiting(e => e.ListTablesAsync(new())).Should().ThrowAsync<ObjectDisposedException>();
    }

    private static CreateTableRequest Music(int? delayMs = null) =>
        OperationsTable.Of("Song:S").WithGlobal("by-year", "Year:N", delayMs: delayMs) with { TableName = "Music" };

    private static async Task<IReadOnlyList<AttributeMap>> YearAsync(IExtendDb extendDb) => (await extendDb.QueryAsync(new("Music")
    {
        IndexName = "by-year",
        KeyConditionExpression = "#y = :year",
        ExpressionAttributeNames = new Dictionary<string, string> { ["#y"] = "Year" },
        ExpressionAttributeValues = new AttributeMap { [":year"] = 1960 },
    })).Items;
}
