using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.PostgresTests;

/// <summary>A user's own context: an entity of the user's beside the tables of ExtendDb.</summary>
public class OperationsCatalogContext(DbContextOptions<OperationsCatalogContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    /// <summary>Makes the table that the user's own migrations would make.</summary>
    public const string CreateOrders =
        """CREATE TABLE IF NOT EXISTS "Orders" ("Id" int PRIMARY KEY, "Text" text NOT NULL CHECK (length("Text") < 100))""";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseExtendDb();
        modelBuilder.Entity<Order>().Property(o => o.Id).ValueGeneratedNever();
    }

    public sealed class Order
    {
        public required int Id { get; init; }

        public required string Text { get; set; }
    }
}
