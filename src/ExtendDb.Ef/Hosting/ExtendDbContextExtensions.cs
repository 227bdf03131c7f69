using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Configurations;
using ExtendDb.Ef.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef;

/// <summary>Puts the tables of ExtendDb into a context of the user's own.</summary>
public static class ExtendDbContextExtensions
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

    /// <summary>Makes every save of a context enqueue the index updates of its items; to be called beside UseNpgsql.</summary>
    /// <param name="optionsBuilder">The options of a context that uses Npgsql.</param>
    /// <param name="options">How this process uses the database; null keeps what was said before, or takes the defaults.</param>
    /// <returns>The same builder.</returns>
    public static DbContextOptionsBuilder UseExtendDb(
        this DbContextOptionsBuilder optionsBuilder, ExtendDbOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        var before = optionsBuilder.Options.FindExtension<ExtendDbOptionsExtension>();
        if (options is not null)
        {
            before?.Runtime?.Options.DemandSame(options, before.Runtime.Name);
        }

        return optionsBuilder.With(new ExtendDbOptionsExtension(options ?? before?.Options, before?.Runtime, AddSaves));
    }

    /// <summary>As <see cref="UseExtendDb(DbContextOptionsBuilder, ExtendDbOptions?)"/>, for the context of a registration.</summary>
    internal static DbContextOptionsBuilder UseExtendDb(
        this DbContextOptionsBuilder optionsBuilder, ExtendDbRuntime runtime)
    {
        if (optionsBuilder.Options.FindExtension<ExtendDbOptionsExtension>()?.Options is { } said)
        {
            runtime.Options.DemandSame(said, runtime.Name);
        }

        return optionsBuilder.With(new ExtendDbOptionsExtension(runtime.Options, runtime, AddSaves));
    }

    /// <summary>Returns DynamoDB's operations on a context: what they write is saved with it, in its transaction.</summary>
    /// <param name="context">A context with UseExtendDb() in its model and its options.</param>
    /// <returns>Operations that belong to this context and are not safe for two threads, as it is not.</returns>
    /// <remarks>
    /// A write saves whatever else the context tracks, in one transaction: the one that the caller began, else one of
    /// its own.
    /// </remarks>
    public static IExtendDb ExtendDb(this DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ExtendDbOperations(() => context, ownsContexts: false);
    }

    private static void AddSaves(IServiceCollection services)
    {
        services.AddScoped<RunningSaves>();
        services.AddScoped<IResettableService>(provider => provider.GetRequiredService<RunningSaves>());
        services.AddScoped<IBatchExecutor, ItemSaveExecutor>();
    }

    private static DbContextOptionsBuilder With(
        this DbContextOptionsBuilder optionsBuilder, ExtendDbOptionsExtension extension)
    {
        var isFirst = optionsBuilder.Options.FindExtension<ExtendDbOptionsExtension>() is null;
        ((IDbContextOptionsBuilderInfrastructure)optionsBuilder).AddOrUpdateExtension(extension);
        return isFirst
            ? optionsBuilder.AddInterceptors(ItemSaveInterceptor.Instance, BulkWriteInterceptor.Instance)
            : optionsBuilder;
    }
}
