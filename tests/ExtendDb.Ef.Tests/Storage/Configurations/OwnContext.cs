using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Tests.Storage.Configurations;

/// <summary>A user's own context, with a link to an item; nothing connects it to a database.</summary>
public class OwnContext(
    Action<DbContextOptionsBuilder>? options = null,
    Action<ModelConfigurationBuilder>? conventions = null,
    Action<ModelBuilder>? model = null) : DbContext
{
    public DbSet<Link> Links => Set<Link>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        // Each of these contexts has a model of its own, and that would warn soon.
        optionsBuilder.UseNpgsql("Host=nowhere").UseExtendDb().EnableServiceProviderCaching(false);
        options?.Invoke(optionsBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        conventions?.Invoke(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Link>();
        if (model is null)
        {
            modelBuilder.UseExtendDb();
        }
        else
        {
            model(modelBuilder);
        }
    }

    public class Link
    {
        public int Id { get; set; }

        public Guid Reference { get; set; }

        public virtual Item? Item { get; set; }
    }
}
