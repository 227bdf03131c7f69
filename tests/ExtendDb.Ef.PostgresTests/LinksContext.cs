using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.PostgresTests;

/// <summary>A user's own context: links that point at items, and at other links.</summary>
public class LinksContext(DbContextOptions<LinksContext> options) : DbContext(options)
{
    /// <summary>Makes the table that the user's own migrations would make.</summary>
    public const string CreateLinks = """
        CREATE TABLE IF NOT EXISTS "Links" (
            "Id" int PRIMARY KEY,
            "Text" text NOT NULL,
            "NextId" int REFERENCES "Links" ("Id"),
            "TableId" int,
            "PartitionHash" uuid,
            "SortKey" bytea,
            FOREIGN KEY ("TableId", "PartitionHash", "SortKey") REFERENCES extenddb.items ON DELETE CASCADE)
        """;

    public DbSet<Link> Links => Set<Link>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseExtendDb();
        var link = modelBuilder.Entity<Link>();
        link.Property(l => l.Id).ValueGeneratedNever();
        link.HasOne(l => l.Next).WithMany().HasForeignKey(l => l.NextId);
        link.HasOne(l => l.Item).WithMany().HasForeignKey(l => new { l.TableId, l.PartitionHash, l.SortKey });
    }

    public class Link
    {
        public required int Id { get; init; }

        public required string Text { get; set; }

        public int? NextId { get; set; }

        public virtual Link? Next { get; set; }

        public int? TableId { get; set; }

        public Guid? PartitionHash { get; set; }

        public byte[]? SortKey { get; set; }

        public virtual Item? Item { get; set; }
    }
}
