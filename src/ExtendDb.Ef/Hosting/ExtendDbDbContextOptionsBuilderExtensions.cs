using ExtendDb.Ef;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Writing;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Makes the saves of your own context keep the indexes of ExtendDb up to date.</summary>
public static class ExtendDbDbContextOptionsBuilderExtensions
{
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

    /// <inheritdoc cref="UseExtendDb(DbContextOptionsBuilder, ExtendDbOptions?)"/>
    /// <typeparam name="TContext">The type of the context.</typeparam>
    public static DbContextOptionsBuilder<TContext> UseExtendDb<TContext>(
        this DbContextOptionsBuilder<TContext> optionsBuilder, ExtendDbOptions? options = null)
        where TContext : DbContext =>
        (DbContextOptionsBuilder<TContext>)((DbContextOptionsBuilder)optionsBuilder).UseExtendDb(options);

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
