using ExtendDb.Ef.Storage.Configurations;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Puts the tables of ExtendDb into the model of your own context.</summary>
public static class ExtendDbModelBuilderExtensions
{
    /// <summary>Maps the entities of ExtendDb in a context's model; to be called in OnModelCreating.</summary>
    /// <param name="modelBuilder">The model of the user's context.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// The tables stay out of the migrations of that context: ExtendDb.Ef.Migrations creates and changes them, and its
    /// last migration is the schema version that the library checks. They keep their columns whatever ConfigureConventions
    /// says of the types; a loop over all entities of the model that changes columns belongs before this call. Lazy-loading
    /// proxies and compiled models (<c>dotnet ef dbcontext optimize</c>, without <c>--nativeaot</c>) can be used.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The context uses change-tracking proxies.</exception>
    public static ModelBuilder UseExtendDb(this ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        ExtendDbModel.Apply(modelBuilder);
        ExtendDbModel.ExcludeFromMigrations(modelBuilder);
        return modelBuilder;
    }
}
