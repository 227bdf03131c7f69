using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

/// <summary>Own tables of a user's context, in the database of a fixture.</summary>
public class OwnTablesTests
{
    [Fact]
    public async Task CreateTables_makes_the_own_tables_beside_those_of_ExtendDb()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var context = Own(database.ConnectionString);

        await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();

        await SavesBothAsync(context, database);
    }

    [Fact]
    public async Task EnsureCreated_makes_no_tables_where_those_of_ExtendDb_are()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var context = Own(database.ConnectionString);

        (await context.Database.EnsureCreatedAsync()).Should().BeFalse();

        var read = () => context.Orders.ToListAsync();
        await read.Should().ThrowAsync<Npgsql.PostgresException>();
    }

    [Fact]
    public async Task MigrateAsync_makes_the_own_tables_beside_those_of_ExtendDb()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var context = Own(database.ConnectionString);

        await context.Database.MigrateAsync();

        (await context.Database.GetAppliedMigrationsAsync()).Should().Equal("20260101000000_Orders");
        await SavesBothAsync(context, database);
    }

    private static OrdersContext Own(string connectionString) =>
        new(new DbContextOptionsBuilder<OrdersContext>().UseNpgsql(connectionString).UseExtendDb().Options);

    private static async Task SavesBothAsync(OrdersContext context, TestDatabase database)
    {
        var extendDb = await database.GetExtendDbAsync();
        await extendDb.CreateTableAsync(OperationsTable.Of("Song:S") with { TableName = "Music" });
        context.Add(new Order { Id = 1, Text = "Misty" });

        await context.ExtendDb().PutItemAsync(new("Music", new AttributeMap { ["Song"] = "Misty" }));

        (await context.Orders.AsNoTracking().CountAsync()).Should().Be(1);
        (await extendDb.GetItemAsync(new("Music", new AttributeMap { ["Song"] = "Misty" }))).Item.Should().NotBeNull();
    }

    public sealed class OrdersContext(DbContextOptions<OrdersContext> options) : DbContext(options)
    {
        public DbSet<Order> Orders => Set<Order>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.UseExtendDb();
            modelBuilder.Entity<Order>().Property(o => o.Id).ValueGeneratedNever();
        }
    }

    public sealed class Order
    {
        public required int Id { get; init; }

        public required string Text { get; set; }
    }

    /// <summary>As <c>dotnet ef migrations add</c> writes it.</summary>
    [DbContext(typeof(OrdersContext))]
    [Migration("20260101000000_Orders")]
    public sealed class Orders : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
            "Orders",
            table => new { Id = table.Column<int>("integer"), Text = table.Column<string>("text") },
            constraints: table => table.PrimaryKey("PK_Orders", row => row.Id));
    }
}
