using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>What a delay of 0, and a local index, promise: a write that returned can be read on the index.</summary>
public class ImmediateDelayTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Misty =
        new() { ["Artist"] = "Ella", ["Title"] = "Misty", ["Year"] = 1960, ["Genre"] = "Jazz" };

    [Fact]
    public async Task Item_is_on_an_index_without_delay_when_PutItem_returns()
    {
        var table = await Host.CreateAsync(Songs());

        await Host.PutAsync(table, Misty);

        (await OfYearAsync(table)).Should().Equal(Misty);
    }

    [Fact]
    public async Task Deleted_item_is_off_an_index_without_delay_when_DeleteItem_returns()
    {
        var table = await Host.DefineAsync(Songs());
        await Host.PutAsync(table.Name, Misty);

        await Host.Db.DeleteItemAsync(new(table.Name, table.KeySchema.KeyOf(Misty)));

        (await OfYearAsync(table.Name)).Should().BeEmpty();
    }

    [Fact]
    public async Task Item_is_on_an_index_without_delay_when_the_users_transaction_has_committed()
    {
        var table = await Host.CreateAsync(Songs());
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new(table, Misty));
        var before = await OfYearAsync(table);

        await transaction.CommitAsync();

        before.Should().BeEmpty();
        (await OfYearAsync(table)).Should().Equal(Misty);
    }

    [Fact]
    public async Task Item_is_on_an_index_without_delay_when_SaveChangesAsync_returns()
    {
        var table = await Host.DefineAsync(Songs());
        await using var context = Host.CreateContext();
        context.Add(Item.Create(table, Misty));

        await context.SaveChangesAsync();

        (await OfYearAsync(table.Name)).Should().Equal(Misty);
    }

    [Fact]
    public async Task Sync_SaveChanges_leaves_an_index_without_delay_to_a_worker()
    {
        var table = await Host.DefineAsync(Songs());
        await using var context = Host.CreateContext();
        context.Add(Item.Create(table, Misty));

        context.SaveChanges();

        (await Host.MarkersAsync(table)).Should().ContainSingle();
        await Host.DrainAsync();
        (await OfYearAsync(table.Name)).Should().Equal(Misty);
    }

    [Fact]
    public async Task Marker_of_an_index_with_delay_waits_beside_one_without()
    {
        var table = await Host.DefineAsync(Songs().WithGlobal("Later", "Genre:S", delayMs: 3_600_000));

        await Host.PutAsync(table.Name, Misty);

        (await Host.MarkersAsync(table)).Should().ContainSingle()
            .Which.IndexIds.Should().Equal(table.Indexes.Single(i => i.Name == "Later").Id);
    }

    [Fact]
    public async Task Writers_of_one_key_each_read_at_least_their_own_write()
    {
        var table = await Host.CreateAsync(Songs());
        var seen = 0;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async writer =>
        {
            for (var i = 0; i < 5; i++)
            {
                await Host.PutAsync(table, Misty.With("Title", $"{writer}").With("Plays", i));
                var found = await OfYearAsync(table);
                Interlocked.Add(ref seen, found.Count(f => f["Title"].Equals($"{writer}") && f["Plays"].Equals(i)));
            }
        }));

        seen.Should().Be(30);
    }

    [Fact]
    public async Task Entry_of_a_local_index_is_there_in_the_transaction_of_its_item()
    {
        var table = await Host.CreateAsync(Songs().WithLocal("ByGenre", "Artist:S Genre:S"));
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();

        await context.ExtendDb().PutItemAsync(new(table, Misty));

        (await context.ExtendDb().QueryAsync(OfElla(table))).Items.Should().Equal(Misty);
        (await Host.Db.QueryAsync(OfElla(table))).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Entry_of_a_local_index_moves_with_its_key()
    {
        var table = await Host.CreateAsync(Songs().WithLocal("ByGenre", "Artist:S Genre:S"));
        await Host.PutAsync(table, Misty);

        await Host.PutAsync(table, Misty.With("Genre", "Blues"));

        (await Host.Db.QueryAsync(OfElla(table))).Items.Should().Equal(Misty.With("Genre", "Blues"));
    }

    [Fact]
    public async Task Entry_of_a_local_index_goes_when_its_item_loses_the_key()
    {
        var table = await Host.CreateAsync(Songs().WithLocal("ByGenre", "Artist:S Genre:S"));
        await Host.PutAsync(table, Misty);

        await Host.PutAsync(table, Misty.Without("Genre"));

        (await Host.Db.QueryAsync(OfElla(table))).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Entry_of_a_local_index_goes_with_its_item()
    {
        var table = await Host.DefineAsync(Songs().WithLocal("ByGenre", "Artist:S Genre:S"));
        await Host.PutAsync(table.Name, Misty);

        await Host.Db.DeleteItemAsync(new(table.Name, table.KeySchema.KeyOf(Misty)));

        (await Host.Db.QueryAsync(OfElla(table.Name))).Items.Should().BeEmpty();
    }

    private static CreateTableRequest Songs() =>
        OperationsTable.Of("Artist:S Title:S").WithGlobal("ByYear", "Year:N", delayMs: 0);

    private static QueryRequest OfElla(string table) =>
        OperationsQuery.OfIndex(table, "ByGenre", ("Artist", Condition.EqualTo("Ella"))) with { ConsistentRead = true };

    private Task<List<AttributeMap>> OfYearAsync(string table) =>
        Host.QueryAllAsync(OperationsQuery.OfIndex(table, "ByYear", ("Year", Condition.EqualTo(1960))));
}
