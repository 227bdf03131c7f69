using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;

#pragma warning disable EF1001 // Nothing public tells the data source of a context.

namespace ExtendDb.Ef.Runtime;

/// <summary>What an operation needs to work without a context: a data source whose connections nobody else observes.</summary>
/// <param name="Source">The data source of the contexts.</param>
/// <param name="Runtime">The runtime of the registration.</param>
internal sealed record DirectAccess(NpgsqlDataSource Source, ExtendDbRuntime Runtime)
{
    private static readonly ConditionalWeakTable<IDbContextOptions, object> Unobserved = [];
    private static readonly object Yes = new();
    private static readonly object No = new();

    /// <summary>Returns the direct access of a registration; null when its operations need a context.</summary>
    public static DirectAccess? Of(DbContextOptions options, ExtendDbRuntime runtime) =>
        options.ContextType == typeof(ExtendDbContext)
        && IsUnobserved(options)
        && options.FindExtension<NpgsqlOptionsExtension>()?.DataSource is NpgsqlDataSource source
            ? new(source, runtime)
            : null;

    /// <summary>Returns whether an operation can write without EF's pipeline, in transactions of its own.</summary>
    /// <remarks>A write of an operation also saves the other changes that its context tracks.</remarks>
    public static bool IsPossible(OperationContext context) => context.Direct is not null
        || (context.DbContext is ExtendDbContext own
            && Unobserved.GetValue(
                own.GetService<IDbContextOptions>(), options => IsUnobserved(options) ? Yes : No) == Yes
            && !ContextConnection.HasTransaction(own)
            && !own.ChangeTracker.Entries().Any());

    /// <summary>
    /// Returns whether contexts have no interceptors but the library's own, and no strategy that would repeat a statement
    /// whose answer was lost.
    /// </summary>
    private static bool IsUnobserved(IDbContextOptions options) =>
        options.FindExtension<CoreOptionsExtension>()?.Interceptors is { } interceptors
        && interceptors.All(interceptor => interceptor.GetType().Assembly == typeof(DirectAccess).Assembly)
        && RelationalOptionsExtension.Extract(options).ExecutionStrategyFactory is null;
}
