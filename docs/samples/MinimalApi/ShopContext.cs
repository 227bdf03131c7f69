using Microsoft.EntityFrameworkCore;

namespace MinimalApi;

/// <summary>The application's own entities, with the items beside them.</summary>
public class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseExtendDb();
}
