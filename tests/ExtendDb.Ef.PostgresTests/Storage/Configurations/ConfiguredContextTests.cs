using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Storage.Configurations;

/// <summary>Contexts of users who have conventions for all columns, or proxies for all entities.</summary>
public class ConfiguredContextTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Misty = new() { ["Artist"] = "Ella", ["Title"] = "Misty", ["Year"] = 1960 };

    private OperationsHost? _own;

    [Fact]
    public async Task Item_of_a_context_with_conventions_for_all_columns_is_saved_with_its_marker()
    {
        await StartAsync<ConventionsContext>();
        var table = await SongsAsync();
        await using var context = _own!.CreateContext<ConventionsContext>();
        context.Add(Item.Create(table, Misty));

        await context.SaveChangesAsync();

        (await Host.MarkersAsync(table)).Should().ContainSingle();
        (await Host.GetAsync(table.Name, table.KeySchema.KeyOf(Misty))).Should().Equal(Misty);
    }

    [Fact]
    public async Task Item_of_a_context_with_conventions_for_all_columns_is_put_read_and_changed()
    {
        await StartAsync<ConventionsContext>();
        var table = await SongsAsync();
        await using var context = _own!.CreateContext<ConventionsContext>();

        await context.ExtendDb().PutItemAsync(new(table.Name, Misty));
        (await ItemOfAsync(context, table)).Replace(table, Misty.With("Year", 1961));
        await context.SaveChangesAsync();

        (await Host.GetAsync(table.Name, table.KeySchema.KeyOf(Misty))).Should().Equal(Misty.With("Year", 1961));
    }

    [Fact]
    public async Task All_entities_of_a_context_with_conventions_for_all_columns_are_read()
    {
        await StartAsync<ConventionsContext>();
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await using var context = _own!.CreateContext<ConventionsContext>();

        var read = await context.Set<Table>().Include(t => t.SecondaryIndexes).SingleAsync(t => t.Id == table.Id);
        var markers = await context.Set<GsiPending>().Where(m => m.TableId == table.Id).ToListAsync();

        read.SecondaryIndexes.Should().ContainSingle().Which.Name.Should().Be("ByYear");
        markers.Should().ContainSingle().Which.IndexIds.Should().Equal(read.SecondaryIndexes.Single().Id);
    }

    [Fact]
    public async Task Item_of_a_context_with_lazy_loading_is_saved_with_its_marker()
    {
        await StartAsync<LinksContext>(builder => builder.UseLazyLoadingProxies());
        var table = await SongsAsync();
        await using var context = _own!.CreateContext<LinksContext>();
        context.Add(Item.Create(table, Misty));

        await context.SaveChangesAsync();

        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Item_of_a_context_with_lazy_loading_is_put_read_and_changed()
    {
        await StartAsync<LinksContext>(builder => builder.UseLazyLoadingProxies());
        var table = await SongsAsync();
        await using var context = _own!.CreateContext<LinksContext>();

        await context.ExtendDb().PutItemAsync(new(table.Name, Misty));
        (await ItemOfAsync(context, table)).Replace(table, Misty.With("Year", 1961));
        await context.SaveChangesAsync();

        (await Host.GetAsync(table.Name, table.KeySchema.KeyOf(Misty))).Should().Equal(Misty.With("Year", 1961));
        (await Host.MarkersAsync(table)).Should().HaveCount(2);
    }

    [Fact]
    public async Task Item_that_a_context_with_lazy_loading_removes_is_gone()
    {
        await StartAsync<LinksContext>(builder => builder.UseLazyLoadingProxies());
        var table = await SongsAsync();
        await Host.PutAsync(table.Name, Misty);
        await using var context = _own!.CreateContext<LinksContext>();
        context.Remove(await ItemOfAsync(context, table));

        await context.SaveChangesAsync();

        (await Host.GetAsync(table.Name, table.KeySchema.KeyOf(Misty))).Should().BeNull();
    }

    [Fact]
    public async Task Indexes_of_a_table_are_loaded_lazily()
    {
        await StartAsync<LinksContext>(builder => builder.UseLazyLoadingProxies());
        var table = await SongsAsync();
        await using var context = _own!.CreateContext<LinksContext>();

        var read = await context.Set<Table>().SingleAsync(t => t.Id == table.Id);

        read.SecondaryIndexes.Should().ContainSingle().Which.Name.Should().Be("ByYear");
    }

    public override async Task DisposeAsync()
    {
        await _own!.DisposeAsync();
    }

    private static Task<Item> ItemOfAsync(DbContext context, TableDefinition table) =>
        context.Set<Item>().SingleAsync(i => i.TableId == table.Id);

    private async Task StartAsync<TContext>(Action<DbContextOptionsBuilder>? configure = null)
        where TContext : DbContext
    {
        await Host.ScalarAsync(LinksContext.CreateLinks);
        _own = await OperationsHost.StartAsync<TContext>(Database.ConnectionString, (connection, builder) =>
        {
            builder.UseNpgsql(connection);
            configure?.Invoke(builder);
        });
    }

    private Task<TableDefinition> SongsAsync() =>
        _own!.DefineAsync(OperationsTable.Of("Artist:S Title:S").WithGlobal("ByYear", "Year:N"));

    private sealed class ConventionsContext(DbContextOptions<ConventionsContext> options) : DbContext(options)
    {
        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
        {
            configurationBuilder.Properties<Guid>().HaveConversion<string>();
            configurationBuilder.Properties<string>().HaveColumnType("varchar(7)");
            configurationBuilder.Properties<int>().HaveConversion<string>();
            configurationBuilder.Properties<long>().HaveConversion<string>();
            configurationBuilder.Properties<short>().HaveConversion<string>();
            configurationBuilder.Properties<bool>().HaveConversion<string>();
            configurationBuilder.Properties<byte[]>().HaveConversion<string>();
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<string>();
            configurationBuilder.Properties<Enum>().HaveConversion<int>();
        }

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseExtendDb();
    }
}
