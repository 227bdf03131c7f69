using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

public class BulkStatementTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Misty = new() { ["Artist"] = "Ella", ["Title"] = "Misty", ["Year"] = 1960 };

    private OperationsHost? _own;

    [Fact]
    public Task ExecuteDelete_of_items_through_a_navigation_is_refused() =>
        RefusedAsync("*items*DeleteItem*", c => c.Links.Select(l => l.Item!).ExecuteDeleteAsync());

    [Fact]
    public Task Sync_ExecuteDelete_of_items_through_a_navigation_is_refused() =>
        RefusedAsync("*items*DeleteItem*", c => Task.FromResult(c.Links.Select(l => l.Item!).ExecuteDelete()));

    [Fact]
    public Task ExecuteDelete_of_items_through_two_navigations_is_refused() =>
        RefusedAsync("*items*DeleteItem*", c => c.Links.Select(l => l.Next!.Item!).ExecuteDeleteAsync());

    [Fact]
    public Task ExecuteDelete_of_items_through_a_navigation_by_name_is_refused() =>
        RefusedAsync("*items*DeleteItem*", c => c.Links.Select(l => EF.Property<Item>(l, "Item")).ExecuteDeleteAsync());

    [Fact]
    public Task ExecuteDelete_of_items_by_SelectMany_is_refused() =>
        RefusedAsync("*items*DeleteItem*", c => c.Links
            .SelectMany(l => c.Set<Item>().Where(i => i.TableId == l.TableId)).ExecuteDeleteAsync());

    [Fact]
    public Task ExecuteDelete_of_items_by_a_join_is_refused() =>
        RefusedAsync("*items*DeleteItem*", c => c.Links
            .Join(c.Set<Item>(), l => l.TableId, i => i.TableId, (l, i) => i).ExecuteDeleteAsync());

    [Fact]
    public Task ExecuteDelete_of_items_that_an_object_stands_for_is_refused() =>
        RefusedAsync("*items*DeleteItem*", c => ((IQueryable<object>)c.Set<Item>()).ExecuteDeleteAsync());

    [Fact]
    public Task ExecuteDelete_of_items_with_a_tag_is_refused() =>
        RefusedAsync("*items*DeleteItem*", c => c.Set<Item>()
            .TagWith("DELETE FROM \"Links\"\nUPDATE \"Links\"").ExecuteDeleteAsync());

    [Fact]
    public Task ExecuteDelete_of_items_of_a_raw_statement_is_refused() =>
        RefusedAsync("*items*DeleteItem*", c => c.Set<Item>()
            .FromSqlRaw("SELECT * FROM extenddb.items").ExecuteDeleteAsync());

    [Fact]
    public Task ExecuteUpdate_of_items_through_a_navigation_is_refused() =>
        RefusedAsync("*items*UpdateItem*", c => c.Links
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Item!.Document, Misty)));

    [Fact]
    public Task Sync_ExecuteUpdate_of_items_through_a_navigation_is_refused() =>
        RefusedAsync("*items*UpdateItem*", c => Task.FromResult(c.Links
            .ExecuteUpdate(set => set.SetProperty(l => l.Item!.Document, Misty))));

    [Fact]
    public Task ExecuteUpdate_of_items_through_a_cast_is_refused() =>
        RefusedAsync("*items*UpdateItem*", c => c.Links
            .ExecuteUpdateAsync(set => set.SetProperty(l => ((Item)(object)l.Item!).SizeBytes, 1)));

    [Fact]
    public Task ExecuteUpdate_of_items_through_a_projection_is_refused() =>
        RefusedAsync("*items*UpdateItem*", c => c.Links.Select(l => new { Size = l.Item!.SizeBytes })
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Size, 1)));

    [Fact]
    public Task ExecuteUpdate_of_items_joined_with_something_is_refused() =>
        RefusedAsync("*items*UpdateItem*", c => c.Links
            .Join(c.Set<Item>(), l => l.TableId, i => i.TableId, (link, item) => new { link, item })
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.item.SizeBytes, row => row.link.Id)));

    [Fact]
    public Task ExecuteDelete_of_index_entries_is_refused() =>
        RefusedAsync("*index_entries*", c => c.Set<IndexEntry>().Where(e => e.SizeBytes > 0).ExecuteDeleteAsync());

    [Fact]
    public Task ExecuteUpdate_of_index_entries_is_refused() =>
        RefusedAsync("*index_entries*", c => c.Set<IndexEntry>()
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.SizeBytes, 1)));

    [Fact]
    public Task ExecuteDelete_of_markers_is_refused() =>
        RefusedAsync("*gsi_pending*", c => c.Set<GsiPending>().ExecuteDeleteAsync());

    [Fact]
    public Task ExecuteUpdate_of_markers_is_refused() =>
        RefusedAsync("*gsi_pending*", c => c.Set<GsiPending>()
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ReadyAt, DateTimeOffset.UnixEpoch)));

    [Fact]
    public Task ExecuteDelete_of_quarantined_entries_is_refused_with_the_command_that_does_it() =>
        RefusedAsync("*gsi_quarantine*extenddb quarantine*", c => c.Set<GsiQuarantine>().ExecuteDeleteAsync());

    [Fact]
    public Task ExecuteDelete_of_tables_is_refused_with_the_operation_that_does_it() =>
        RefusedAsync("*tables*DeleteTable*", c => c.Set<Table>().ExecuteDeleteAsync());

    [Fact]
    public Task ExecuteUpdate_of_indexes_is_refused_with_the_operation_that_does_it() =>
        RefusedAsync("*secondary_indexes*UpdateTable*", c => c.Set<SecondaryIndex>()
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.PropagationDelayMs, 1)));

    [Fact]
    public async Task ExecuteDelete_of_items_that_was_refused_is_refused_again()
    {
        await using var context = OwnContext();
        var deletion = () => context.Links.Select(l => l.Item!).ExecuteDeleteAsync();
        await deletion.Should().ThrowAsync<InvalidOperationException>();

        await deletion.Should().ThrowAsync<InvalidOperationException>().WithMessage("*items*DeleteItem*");
    }

    [Fact]
    public async Task Refused_statement_leaves_the_callers_transaction_usable()
    {
        var table = await _own!.DefineAsync(OperationsTable.Of("Artist:S Title:S"));
        await using var context = OwnContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Awaiting(c => c.Set<Item>().ExecuteDeleteAsync()).Should().ThrowAsync<InvalidOperationException>();

        await context.ExtendDb().PutItemAsync(new(table.Name, Misty));
        await transaction.CommitAsync();

        (await Host.GetAsync(table.Name, table.KeySchema.KeyOf(Misty))).Should().Equal(Misty);
    }

    [Fact]
    public async Task ExecuteDelete_of_own_entities_with_items_in_the_filter_deletes_them()
    {
        var (table, link) = await LinkedAsync();
        await using var context = OwnContext();

        var deleted = await context.Links
            .Where(l => l.Id == link && context.Set<Item>().Any(i => i.TableId == table && i.SizeBytes > 0 && l.TableId == table))
            .ExecuteDeleteAsync();

        deleted.Should().Be(1);
    }

    [Fact]
    public async Task ExecuteDelete_of_own_entities_with_a_navigation_to_items_in_the_filter_deletes_them()
    {
        var (table, link) = await LinkedAsync();
        await using var context = OwnContext();

        var deleted = await context.Links.Where(l => l.Id == link && l.Item!.TableId == table).ExecuteDeleteAsync();

        deleted.Should().Be(1);
    }

    [Fact]
    public async Task ExecuteUpdate_of_own_entities_joined_with_items_updates_them()
    {
        var (table, link) = await LinkedAsync();
        await using var context = OwnContext();

        var updated = await context.Links.Where(l => l.Id == link)
            .Join(context.Set<Item>(), l => l.TableId, i => (int?)i.TableId, (link, item) => new { link, item })
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.link.Text, row => row.item.TableId.ToString()));

        updated.Should().Be(1);
        (await context.Links.SingleAsync(l => l.Id == link)).Text.Should().Be($"{table}");
    }

    public override async Task InitializeAsync()
    {
        await Host.ScalarAsync(LinksContext.CreateLinks);
        _own = await OperationsHost.StartAsync<LinksContext>(
            Database.ConnectionString, (connection, builder) => builder.UseNpgsql(connection));
    }

    public override async Task DisposeAsync()
    {
        await _own!.DisposeAsync();
    }

    private LinksContext OwnContext() => _own!.CreateContext<LinksContext>();

    private async Task RefusedAsync(string message, Func<LinksContext, Task> statement)
    {
        await LinkedAsync();
        var before = await Host.RowsAsync();
        await using var context = OwnContext();

        await context.Awaiting(statement).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage($"Execute*{message}");

        (await Host.RowsAsync()).Should().Be(before);
    }

    /// <summary>Puts an item and a link to it, and returns the table's number and the link's.</summary>
    private async Task<(int Table, int Link)> LinkedAsync()
    {
        var table = await _own!.DefineAsync(OperationsTable.Of("Artist:S Title:S").WithGlobal("ByYear", "Year:N"));
        await using var context = OwnContext();
        var item = Item.Create(table, Misty);
        var link = new LinksContext.Link { Id = table.Id, Text = "Misty", Item = item };
        context.AddRange(item, link);
        await context.SaveChangesAsync();
        return (table.Id, link.Id);
    }
}
