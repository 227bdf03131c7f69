using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

public class OwnContextTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Misty = new() { ["Artist"] = "Ella", ["Title"] = "Misty", ["Year"] = 1960 };

    private OperationsHost? _own;

    [Fact]
    public async Task Own_entity_and_item_are_saved_in_one_transaction()
    {
        var table = await SongsAsync();
        await using var context = OwnContext();
        context.Add(new OperationsCatalogContext.Order { Id = 1, Text = "Misty, twice" });
        context.Add(Item.Create(table, Misty));

        await context.SaveChangesAsync();

        (await OrdersAsync(1)).Should().Be(1);
        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Own_entity_that_is_refused_takes_the_item_and_its_marker_with_it()
    {
        var table = await SongsAsync();
        var before = await Host.RowsAsync();
        await using var context = OwnContext();
        context.Add(new OperationsCatalogContext.Order { Id = 2, Text = new('x', 1000) });
        context.Add(Item.Create(table, Misty));

        await context.Awaiting(c => c.SaveChangesAsync()).Should().ThrowAsync<DbUpdateException>();

        (await Host.RowsAsync()).Should().Be(before);
    }

    [Fact]
    public async Task PutItem_on_the_context_saves_what_else_it_tracks()
    {
        var table = await SongsAsync();
        await using var context = OwnContext();
        context.Add(new OperationsCatalogContext.Order { Id = 3, Text = "Misty" });

        await context.ExtendDb().PutItemAsync(new(table.Name, Misty));

        (await OrdersAsync(3)).Should().Be(1);
    }

    [Fact]
    public async Task Own_entity_that_is_refused_beside_a_PutItem_leaves_no_item()
    {
        var table = await SongsAsync();
        var before = await Host.RowsAsync();
        await using var context = OwnContext();
        context.Add(new OperationsCatalogContext.Order { Id = 4, Text = new('x', 1000) });

        await context.Awaiting(c => c.ExtendDb().PutItemAsync(new(table.Name, Misty)))
            .Should().ThrowAsync<DbUpdateException>();

        (await Host.RowsAsync()).Should().Be(before);
    }

    [Fact]
    public async Task IExtendDb_of_an_own_context_writes_and_reads()
    {
        var table = await SongsAsync();

        await _own!.PutAsync(table.Name, Misty);

        (await _own.GetAsync(table.Name, table.KeySchema.KeyOf(Misty))).Should().Equal(Misty);
    }

    [Fact]
    public async Task Item_of_a_table_that_this_cache_does_not_know_yet_is_saved()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Artist:S Title:S").WithGlobal("ByYear", "Year:N"));
        await using var context = OwnContext();
        context.Add(Item.Create(table, Misty));

        await context.SaveChangesAsync();

        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Count_of_a_save_with_own_entities_is_that_of_the_users_rows()
    {
        var table = await SongsAsync();
        await using var context = OwnContext();
        context.Add(new OperationsCatalogContext.Order { Id = 5, Text = "Misty" });
        context.Add(Item.Create(table, Misty));

        var count = await context.SaveChangesAsync();

        count.Should().Be(2);
    }

    [Fact]
    public async Task Context_with_an_unsaved_change_of_the_item_refuses_to_put_it()
    {
        var table = await SongsAsync();
        await using var context = OwnContext();
        context.Add(Item.Create(table, Misty));

        var put = () => context.ExtendDb().PutItemAsync(new(table.Name, Misty.With("Year", 1961)));

        await put.Should().ThrowAsync<InvalidOperationException>().WithMessage("*unsaved change*");
    }

    [Fact]
    public async Task Change_of_an_item_that_the_context_had_read_before_a_put_is_not_lost_silently()
    {
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await using var context = OwnContext();
        var item = await context.Set<Item>().SingleAsync(i => i.TableId == table.Id);
        await context.ExtendDb().PutItemAsync(new(table.Name, Misty.With("Year", 1961)));

        item.Replace(table, Misty.With("Year", 1962));
        var saved = await Record.ExceptionAsync(() => context.SaveChangesAsync());

        var stored = await Host.GetAsync(table.Name, table.KeySchema.KeyOf(Misty));
        (saved is DbUpdateConcurrencyException || stored!["Year"].Equals(1962)).Should()
            .BeTrue("a save either writes what was changed or says that it does not; it is {0}", stored);
    }

    [Fact]
    public void Tables_of_ExtendDb_stay_out_of_the_migrations_of_an_own_context()
    {
        using var context = OwnContext();

        var model = context.GetService<IDesignTimeModel>().Model;

        model.GetEntityTypes().Where(e => !e.IsTableExcludedFromMigrations()).Select(e => e.ClrType)
            .Should().Equal(typeof(OperationsCatalogContext.Order));
    }

    [Fact]
    public void First_migration_of_an_own_context_creates_its_own_tables_only()
    {
        using var context = OwnContext();
        var model = context.GetService<IDesignTimeModel>().Model.GetRelationalModel();

        var operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(null, model);

        operations.Select(o => o is CreateTableOperation create ? $"create {create.Name}" : o.GetType().Name)
            .Should().Equal("create Orders");
    }

    public override async Task InitializeAsync()
    {
        await Host.ScalarAsync(OperationsCatalogContext.CreateOrders);
        _own = await OperationsHost.StartAsync<OperationsCatalogContext>(
            Database.ConnectionString, (connection, builder) => builder.UseNpgsql(connection));
    }

    public override async Task DisposeAsync()
    {
        await _own!.DisposeAsync();
    }

    private OperationsCatalogContext OwnContext() => _own!.CreateContext<OperationsCatalogContext>();

    private async Task<long> OrdersAsync(int id) =>
        (long)(await Host.ScalarAsync($"""SELECT count(*) FROM "Orders" WHERE "Id" = {id}"""))!;

    private Task<TableDefinition> SongsAsync() =>
        _own!.DefineAsync(OperationsTable.Of("Artist:S Title:S").WithGlobal("ByYear", "Year:N"));
}
