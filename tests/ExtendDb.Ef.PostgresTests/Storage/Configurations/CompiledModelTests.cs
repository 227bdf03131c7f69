using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Storage.Configurations;

public class CompiledModelTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Misty = new() { ["Artist"] = "Ella", ["Title"] = "Misty", ["Year"] = 1960 };

    [Fact]
    public async Task Own_context_with_a_compiled_model_puts_queries_and_saves_items()
    {
        await using var plain = await StartAsync<LinksContext>(model: null);
        await using var context = plain.CreateContext<LinksContext>();

        await using var own = await StartAsync<LinksContext>(CompiledModel.Of(context));

        await PutQueryAndSaveAsync<LinksContext>(own);
    }

    [Fact]
    public async Task Own_context_with_a_compiled_model_follows_a_link_to_its_item()
    {
        await Host.ScalarAsync(LinksContext.CreateLinks);
        await using var plain = await StartAsync<LinksContext>(model: null);
        await using var modelled = plain.CreateContext<LinksContext>();
        await using var own = await StartAsync<LinksContext>(CompiledModel.Of(modelled));
        var table = await own.DefineAsync(OperationsTable.Of("Artist:S Title:S"));
        await using var context = own.CreateContext<LinksContext>();
        var item = Item.Create(table, Misty);
        context.AddRange(item, new LinksContext.Link { Id = 1, Text = "Misty", Item = item });

        await context.SaveChangesAsync();
        context.ChangeTracker.Clear();

        (await context.Links.Include(l => l.Item).SingleAsync(l => l.Id == 1)).Item!.Document.Should().Equal(Misty);
    }

    [Fact]
    public async Task ExtendDbContext_with_a_compiled_model_puts_queries_and_saves_items()
    {
        await using var context = Host.CreateContext();

        await using var own = await StartAsync<ExtendDbContext>(CompiledModel.Of(context));

        await PutQueryAndSaveAsync<ExtendDbContext>(own);
    }

    [Fact]
    public async Task Own_context_with_a_compiled_model_reads_attributes_in_queries()
    {
        await using var plain = await StartAsync<LinksContext>(model: null);
        await using var modelled = plain.CreateContext<LinksContext>();
        await using var own = await StartAsync<LinksContext>(CompiledModel.Of(modelled));
        var table = await own.DefineAsync(OperationsTable.Of("Artist:S Title:S"));
        await own.PutAsync(table.Name, Misty);
        await using var context = own.CreateContext<LinksContext>();

        var found = await context.Set<Item>()
            .CountAsync(i => i.TableId == table.Id && ExtendDbFunctions.Number(i.Document, "Year") == 1960);

        found.Should().Be(1);
    }

    private Task<OperationsHost> StartAsync<TContext>(IModel? model)
        where TContext : DbContext =>
        OperationsHost.StartAsync<TContext>(Database.ConnectionString, (connection, builder) =>
        {
            builder.UseNpgsql(connection);
            if (model is not null)
            {
                builder.UseModel(model);
            }
        });

    private async Task PutQueryAndSaveAsync<TContext>(OperationsHost own)
        where TContext : DbContext
    {
        var table = await own.DefineAsync(OperationsTable.Of("Artist:S Title:S").WithGlobal("ByYear", "Year:N"));
        await own.PutAsync(table.Name, Misty);
        await Host.DrainAsync();
        await using var context = own.CreateContext<TContext>();
        var item = await context.Set<Item>().SingleAsync(i => i.TableId == table.Id);
        var read = await context.Set<Table>().Include(t => t.SecondaryIndexes).SingleAsync(t => t.Id == table.Id);
        var found = await own.QueryAllAsync(
            OperationsQuery.OfIndex(table.Name, "ByYear", ("Year", Condition.EqualTo(1960))));
        item.Replace(table, Misty.With("Year", 1961));
        context.Add(Item.Create(table, Misty.With("Title", "Summertime")));

        var saved = await context.SaveChangesAsync();

        saved.Should().Be(2);
        found.Should().ContainSingle().Which.Should().Equal(Misty);
        read.SecondaryIndexes.Should().ContainSingle().Which.KeySchema.Should().ContainSingle();
        (await Host.MarkersAsync(table)).Should().HaveCount(2);
        (await Host.GetAsync(table.Name, table.KeySchema.KeyOf(Misty))).Should().Equal(Misty.With("Year", 1961));
    }
}
