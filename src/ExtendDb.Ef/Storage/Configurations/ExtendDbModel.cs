using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using CoreAnnotationNames = Microsoft.EntityFrameworkCore.Metadata.Internal.CoreAnnotationNames;

namespace ExtendDb.Ef.Storage.Configurations;

/// <summary>Configures the entities of the tables in schema <c>extenddb</c>.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2072", Justification = Trimming.Warned)]
internal static class ExtendDbModel
{
    public const string Schema = "extenddb";
    public const string ItemsPrimaryKey = "pk_items";

    private static readonly Type[] Entities =
    [
        typeof(Table), typeof(SecondaryIndex), typeof(Item), typeof(GsiPending), typeof(IndexEntry), typeof(GsiQuarantine),
    ];

    /// <summary>Maps the entities, and ignores all other types of the library.</summary>
    /// <exception cref="InvalidOperationException">The context uses change-tracking proxies.</exception>
    public static void Apply(ModelBuilder modelBuilder)
    {
        RefuseChangeTrackingProxies(modelBuilder);
        modelBuilder
            .ApplyConfiguration(new TableConfiguration())
            .ApplyConfiguration(new SecondaryIndexConfiguration())
            .ApplyConfiguration(new ItemConfiguration())
            .ApplyConfiguration(new GsiPendingConfiguration())
            .ApplyConfiguration(new IndexEntryConfiguration())
            .ApplyConfiguration(new GsiQuarantineConfiguration());
        foreach (var entity in Entities)
        {
            modelBuilder.Entity(entity).HasChangeTrackingStrategy(ChangeTrackingStrategy.Snapshot);
        }

        IgnoreValueTypes(modelBuilder);
    }

    /// <summary>
    /// Excludes the tables from the migrations of a user's own context, because ExtendDb.Ef.Migrations creates them.
    /// </summary>
    public static void ExcludeFromMigrations(ModelBuilder modelBuilder)
    {
        foreach (var entity in Entities)
        {
            modelBuilder.Entity(entity).Metadata.SetIsTableExcludedFromMigrations(true);
        }
    }

    private static void RefuseChangeTrackingProxies(ModelBuilder modelBuilder)
    {
#pragma warning disable EF1001 // Nothing public tells that each entity has to be a proxy.
        const string allProxies = CoreAnnotationNames.FullChangeTrackingNotificationsRequired;
#pragma warning restore EF1001
        if (modelBuilder.Model[allProxies] is true)
        {
            throw new InvalidOperationException(
                "UseChangeTrackingProxies() cannot be used in a context with the entities of ExtendDb: Item.Create makes "
                + "items that are no proxies. UseLazyLoadingProxies() can.");
        }
    }

    // EF takes the type of Item.Document for an entity until the column is configured, and a loop over all entities
    // before that keeps that type in the model for good.
    private static void IgnoreValueTypes(ModelBuilder modelBuilder)
    {
        var valueTypes = modelBuilder.Model.GetEntityTypes()
            .Where(e => e.ClrType.Assembly == typeof(ExtendDbModel).Assembly && !Entities.Contains(e.ClrType) && !e.IsOwned())
            .Select(e => e.ClrType).ToList();
        foreach (var type in valueTypes)
        {
            modelBuilder.Ignore(type);
        }
    }
}
