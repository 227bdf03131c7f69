using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Keys;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Configurations;

/// <summary>The model of all tables of schema <c>extenddb</c>.</summary>
internal static class ExtendDbModel
{
    public const string Schema = "extenddb";
    public const string ItemsPrimaryKey = "pk_items";
    public const string IndexEntriesPrimaryKey = "pk_index_entries";
    public const string ItemsTableKey = "fk_items_tables";

    private static readonly Type[] Entities =
    [
        typeof(Table), typeof(SecondaryIndex), typeof(Item), typeof(GsiPending), typeof(GsiShard), typeof(IndexEntry),
        typeof(GsiQuarantine), typeof(CatalogState), typeof(TransactionToken),
    ];

    public static void Apply(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfiguration(new TableConfiguration())
        .ApplyConfiguration(new SecondaryIndexConfiguration())
        .ApplyConfiguration(new ItemConfiguration())
        .ApplyConfiguration(new GsiPendingConfiguration())
        .ApplyConfiguration(new GsiShardConfiguration())
        .ApplyConfiguration(new IndexEntryConfiguration())
        .ApplyConfiguration(new GsiQuarantineConfiguration())
        .ApplyConfiguration(new CatalogStateConfiguration())
        .ApplyConfiguration(new TransactionTokenConfiguration());

    /// <summary>Adds the rows that must be there before anything else, for the migrations that make them.</summary>
    public static void Seed(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<GsiShard>().HasData(
            Enumerable.Range(0, Shard.Count).Select(n => new GsiShard { Shard = (short)n }));
        modelBuilder.Entity<CatalogState>().HasData(new CatalogState
        {
            OnlyRow = true,
            Version = 1,
            LongestPollMs = 1_000,
        });
    }

    /// <summary>Leaves the tables out of the migrations of a user's own context: ExtendDb.Ef.Migrations makes them.</summary>
    public static void ExcludeFromMigrations(ModelBuilder modelBuilder)
    {
        foreach (var entity in Entities)
        {
            modelBuilder.Entity(entity).Metadata.SetIsTableExcludedFromMigrations(true);
        }
    }
}
