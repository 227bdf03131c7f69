using System.Data.Common;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Storage.Linq;

/// <summary>Queries with <see cref="ExtendDbFunctions"/> over items with indexes on expressions.</summary>
public class DocumentIndexTests(DocumentIndexTests.Filled database) : IClassFixture<DocumentIndexTests.Filled>
{
    [Fact]
    public async Task Index_on_a_string_is_used()
    {
        await using var context = database.Host.CreateContext();
        var artist = "artist 7";

        var plan = await PlanAsync(context.Items.Where(i => ExtendDbFunctions.String(i.Document, "Artist") == artist));

        plan.Indexes.Should().Equal("ix_artist");
    }

    [Fact]
    public async Task Index_on_a_number_is_used_for_a_range_in_its_order()
    {
        await using var context = database.Host.CreateContext();

        var plan = await PlanAsync(context.Items
            .Where(i => ExtendDbFunctions.Number(i.Document, "Released") >= 1990)
            .OrderBy(i => ExtendDbFunctions.Number(i.Document, "Released")).Take(10));

        plan.Indexes.Should().Equal("ix_released");
        plan.RowsSorted.Should().BeEmpty();
    }

    [Fact]
    public async Task Index_on_a_member_with_a_special_name_is_used()
    {
        await using var context = database.Host.CreateContext();

        var plan = await PlanAsync(context.Items.Where(i => ExtendDbFunctions.String(i.Document, "Map", "it's null", "null") == "7"));

        plan.Indexes.Should().Equal("ix_special");
    }

    [Fact]
    public async Task Index_on_a_boolean_and_a_binary_is_used()
    {
        await using var context = database.Host.CreateContext();
        byte[] cover = [7];

        var live = await PlanAsync(context.Items.Where(i => ExtendDbFunctions.Boolean(i.Document, "Live") == true));
        var covered = await PlanAsync(context.Items.Where(i => ExtendDbFunctions.Binary(i.Document, "Cover") == cover));

        live.Indexes.Should().Equal("ix_live");
        covered.Indexes.Should().Equal("ix_cover");
    }

    [Fact]
    public async Task Gin_index_on_the_document_is_used_by_Contains()
    {
        await using var context = database.Host.CreateContext();
        AttributeMap part = new() { ["Players"] = new AttributeValue.SS("player 7") };

        var plan = await PlanAsync(context.Items.Where(i => ExtendDbFunctions.Contains(i.Document, part)));

        plan.Indexes.Should().Equal("ix_document");
    }

    [Fact]
    public async Task Index_on_a_string_is_used_by_a_join()
    {
        await using var own = await OperationsHost.StartAsync<OperationsCatalogContext>(
            database.ConnectionString, (connection, builder) => builder.UseNpgsql(connection));
        await using var context = own.CreateContext<OperationsCatalogContext>();

        var plan = await PlanAsync(
            from order in context.Orders
            where order.Id == 7
            join item in context.Set<Item>() on order.Text equals ExtendDbFunctions.String(item.Document, "Artist")
            select item.SizeBytes);

        plan.Indexes.Should().Contain("ix_artist");
    }

    private static async Task<ExplainedPlan> PlanAsync(IQueryable query)
    {
        await using DbCommand command = query.CreateDbCommand();
        command.CommandText = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + command.CommandText;
        if (command.Connection!.State == System.Data.ConnectionState.Closed)
        {
            await command.Connection.OpenAsync();
        }

        return new((string)(await command.ExecuteScalarAsync())!);
    }

    /// <summary>A database with 5,000 items and the indexes that a user would create.</summary>
    public sealed class Filled : ExtendDb.Ef.Testing.ExtendDbFixture
    {
        internal OperationsHost Host { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            Host = await OperationsHost.StartAsync(ConnectionString);
            var table = await Host.DefineAsync(OperationsTable.Of("Song:S"));
            await using (var context = Host.CreateContext())
            {
                context.AddRange(Enumerable.Range(0, 5_000).Select(n => Item.Create(table, Song(n))));
                await context.SaveChangesAsync();
            }

            await Host.ScalarAsync(OperationsCatalogContext.CreateOrders);
            await Host.ScalarAsync("""
                INSERT INTO "Orders" VALUES (7, 'artist 7');
                CREATE INDEX ix_artist ON extenddb.items ((document #>> '{Artist,S}'));
                CREATE INDEX ix_released ON extenddb.items (((document #>> '{Released,N}')::numeric));
                CREATE INDEX ix_special ON extenddb.items ((document #>> '{Map,M,"it''s null",M,"null",S}'));
                CREATE INDEX ix_live ON extenddb.items (((document #>> '{Live,BOOL}')::boolean));
                CREATE INDEX ix_cover ON extenddb.items (decode(document #>> '{Cover,B}', 'base64'));
                CREATE INDEX ix_document ON extenddb.items USING gin (document jsonb_path_ops);
                ANALYZE extenddb.items, "Orders"
                """);
        }

        public override async Task DisposeAsync()
        {
            await Host.DisposeAsync();
            await base.DisposeAsync();
        }

        private static AttributeMap Song(int number) => new()
        {
            ["Song"] = $"{number}",
            ["Artist"] = $"artist {number}",
            ["Released"] = number,
            ["Live"] = number == 7,
            ["Cover"] = BitConverter.GetBytes(number),
            ["Map"] = new AttributeMap { ["it's null"] = new AttributeMap { ["null"] = $"{number}" } },
            ["Players"] = new AttributeValue.SS($"player {number}"),
        };
    }
}
