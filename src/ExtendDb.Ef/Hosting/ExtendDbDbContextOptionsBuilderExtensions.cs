using ExtendDb.Ef;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Linq;
using ExtendDb.Ef.Writing;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Adds the interceptors of ExtendDb to the options of a context.</summary>
public static class ExtendDbDbContextOptionsBuilderExtensions
{
    /// <summary>Makes every save of a context enqueue the markers of its items; belongs beside UseNpgsql.</summary>
    /// <param name="optionsBuilder">The options of a context that uses Npgsql.</param>
    /// <param name="options">
    /// The options of this process for the database; null keeps the options of an earlier call, or takes the defaults.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">A registration has given the context other options.</exception>
    /// <remarks>
    /// ExecuteUpdate and ExecuteDelete on ExtendDb's tables are refused, because they would enqueue no markers.
    /// </remarks>
    public static DbContextOptionsBuilder UseExtendDb(
        this DbContextOptionsBuilder optionsBuilder, ExtendDbOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        var before = optionsBuilder.Options.FindExtension<ExtendDbOptionsExtension>();
        if (options is not null)
        {
            before?.Runtime?.Options.DemandSame(options, before.Runtime.Name);
        }

        return optionsBuilder.With(new ExtendDbOptionsExtension(options ?? before?.Options, before?.Runtime, AddServices));
    }

    /// <inheritdoc cref="UseExtendDb(DbContextOptionsBuilder, ExtendDbOptions?)"/>
    /// <typeparam name="TContext">The type of the context.</typeparam>
    public static DbContextOptionsBuilder<TContext> UseExtendDb<TContext>(
        this DbContextOptionsBuilder<TContext> optionsBuilder, ExtendDbOptions? options = null)
        where TContext : DbContext =>
        (DbContextOptionsBuilder<TContext>)((DbContextOptionsBuilder)optionsBuilder).UseExtendDb(options);

    /// <summary>
    /// Makes the saves of a registration's context enqueue markers, with the runtime of the registration.
    /// </summary>
    /// <exception cref="InvalidOperationException">An earlier call has given the context other options.</exception>
    internal static DbContextOptionsBuilder UseExtendDb(
        this DbContextOptionsBuilder optionsBuilder, ExtendDbRuntime runtime)
    {
        if (optionsBuilder.Options.FindExtension<ExtendDbOptionsExtension>()?.Options is { } given)
        {
            runtime.Options.DemandSame(given, runtime.Name);
        }

        return optionsBuilder.With(new ExtendDbOptionsExtension(runtime.Options, runtime, AddServices));
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddScoped<RunningSaves>();
        services.AddScoped<IResettableService>(provider => provider.GetRequiredService<RunningSaves>());
        services.AddScoped<IBatchExecutor, ItemSaveExecutor>();
        services.AddScoped<IMethodCallTranslatorPlugin, DocumentFunctionTranslatorPlugin>();
    }

    private static DbContextOptionsBuilder With(
        this DbContextOptionsBuilder optionsBuilder, ExtendDbOptionsExtension extension)
    {
        var isFirst = optionsBuilder.Options.FindExtension<ExtendDbOptionsExtension>() is null;
        ((IDbContextOptionsBuilderInfrastructure)optionsBuilder).AddOrUpdateExtension(extension);
        return isFirst
            ? optionsBuilder.AddInterceptors(
                ItemSaveInterceptor.Instance, BulkWriteInterceptor.Instance, DocumentQueryInterceptor.Instance)
            : optionsBuilder;
    }
}
