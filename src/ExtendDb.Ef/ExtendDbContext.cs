using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Configurations;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef;

/// <summary>The entities of ExtendDb: tables, items, the queue of markers, and the entries of indexes.</summary>
/// <param name="options">The options, which call UseNpgsql and UseExtendDb().</param>
/// <remarks>
/// An application with entities of its own uses a context of its own, and calls UseExtendDb() in the model and in the
/// options of that context.
/// </remarks>
[method: RequiresUnreferencedCode(Trimming.EfCore)]
[method: RequiresDynamicCode(Trimming.EfCore)]
public sealed class ExtendDbContext(DbContextOptions<ExtendDbContext> options) : DbContext(options)
{
    /// <summary>Gets the definitions of the tables.</summary>
    public DbSet<Table> Tables => Set<Table>();

    /// <summary>Gets the definitions of the indexes.</summary>
    public DbSet<SecondaryIndex> SecondaryIndexes => Set<SecondaryIndex>();

    /// <summary>Gets the items of all tables.</summary>
    public DbSet<Item> Items => Set<Item>();

    /// <summary>Gets the markers that wait to be applied.</summary>
    public DbSet<GsiPending> GsiPending => Set<GsiPending>();

    /// <summary>Gets the entries of all indexes.</summary>
    public DbSet<IndexEntry> IndexEntries => Set<IndexEntry>();

    /// <summary>Gets the entries that a batch could not write, with their errors.</summary>
    public DbSet<GsiQuarantine> GsiQuarantine => Set<GsiQuarantine>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ExtendDbModel.Apply(modelBuilder);
        TablesWithoutEntities.Apply(modelBuilder);
    }
}
