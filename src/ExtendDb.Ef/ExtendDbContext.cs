using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Configurations;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef;

/// <summary>Tables, items, the queue of pending index updates and the index entries, in the order of a write's way.</summary>
/// <param name="options">Npgsql with UseExtendDb().</param>
public class ExtendDbContext(DbContextOptions<ExtendDbContext> options) : DbContext(options)
{
    /// <summary>Gets the tables' definitions.</summary>
    public DbSet<Table> Tables => Set<Table>();

    /// <summary>Gets the indexes' definitions.</summary>
    public DbSet<SecondaryIndex> SecondaryIndexes => Set<SecondaryIndex>();

    /// <summary>Gets the items of all tables.</summary>
    public DbSet<Item> Items => Set<Item>();

    /// <summary>Gets the markers that wait to be applied.</summary>
    public DbSet<GsiPending> GsiPending => Set<GsiPending>();

    /// <summary>Gets the entries of all indexes.</summary>
    public DbSet<IndexEntry> IndexEntries => Set<IndexEntry>();

    /// <summary>Gets what could not be applied.</summary>
    public DbSet<GsiQuarantine> GsiQuarantine => Set<GsiQuarantine>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ExtendDbModel.Apply(modelBuilder);
        TablesWithoutEntities.Apply(modelBuilder);
    }
}
