using ExtendDb.Ef.Storage.Configurations;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Adds the entities of ExtendDb to the model of a context.</summary>
public static class ExtendDbModelBuilderExtensions
{
    /// <summary>Adds the entities of ExtendDb to a context's model; belongs in OnModelCreating.</summary>
    /// <param name="modelBuilder">The model of the user's context.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// The migrations of that context leave out ExtendDb's tables: ExtendDb.Ef.Migrations creates and changes the
    /// tables, and its last migration is the schema version that the library checks. ConfigureConventions does not
    /// change the columns of the tables; code that changes the columns of all entities must run before this call.
    /// Lazy-loading proxies and compiled models (<c>dotnet ef dbcontext optimize</c>, without <c>--nativeaot</c>) can
    /// be used.
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
