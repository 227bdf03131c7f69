using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Storage.Internal;

#pragma warning disable EF1001 // Nothing public tells the data source of a context.

namespace ExtendDb.Ef.Runtime;

/// <summary>Finds the runtime of a context: that of its registration, or that of its data source or database.</summary>
/// <remarks>
/// A context without a registration shares the runtime of a registration with the same data source, or with a
/// connection string that differs only in its password and in what AddExtendDb adds. Without such a registration a
/// runtime is created, which lives as long as the data source, or for a connection string as long as the process, like
/// Npgsql's own pool.
/// </remarks>
internal static class RuntimeDirectory
{
    private static readonly ConditionalWeakTable<NpgsqlDataSource, ExtendDbRuntime> BySource = [];
    private static readonly ConcurrentDictionary<string, ExtendDbRuntime> ByTarget = new(StringComparer.Ordinal);
    private static readonly Lock Registering = new();

    /// <summary>Returns the runtime of a context's database.</summary>
    /// <exception cref="InvalidOperationException">
    /// The context was configured without UseExtendDb(), or with other options than the runtime of its database has.
    /// </exception>
    public static ExtendDbRuntime Of(DbContext context)
    {
        var options = context.GetService<IDbContextOptions>();
        var extension = ExtendDbOptionsExtension.Of(options, context);
        var connection = (NpgsqlRelationalConnection)context.GetService<IRelationalConnection>();
        if (connection.DbDataSource is NpgsqlDataSource source)
        {
            return extension.Runtime ?? Agreed(BySource.GetValue(source, _ => New(
                options, extension, loops => DatabaseConnections.Shared(source, loops))), extension);
        }

        var configured = options.FindExtension<NpgsqlOptionsExtension>()?.ConnectionString;
        var text = connection.ConnectionString ?? string.Empty;
        if (extension.Runtime is { } registered && text == configured)
        {
            return registered;
        }

        if (extension.Last is { } last && last.ConnectionString == text && last.Runtime.IsCurrent)
        {
            return last.Runtime;
        }

        var found = Agreed(ByTarget.GetOrAdd(Target(text), _ => New(
            options, extension, loops => DatabaseConnections.Shared(connection.DbConnection, loops))), extension);
        extension.Last = new(text, found);
        return found;
    }

    /// <summary>
    /// Shares the runtime of a registration with contexts without a registration, until the runtime ends.
    /// </summary>
    /// <param name="runtime">The runtime of a registration.</param>
    /// <param name="source">The data source of the registration; null when it has only a connection string.</param>
    public static void Add(ExtendDbRuntime runtime, NpgsqlDataSource? source, string connectionString)
    {
        if (source is not null)
        {
            BySource.AddOrUpdate(source, runtime);
        }

        var target = Target(connectionString);
        lock (Registering)
        {
            // Of two hosts in one process the first one is shared. A runtime that has ended, or was created for a
            // context without a registration, gives way.
            if (!ByTarget.TryGetValue(target, out var present) || !present.IsRegistered)
            {
                present?.Retire();
                ByTarget[target] = runtime;
            }
        }

        runtime.Disposed += () =>
        {
            ByTarget.TryRemove(new(target, runtime));
            if (source is not null && BySource.TryGetValue(source, out var present) && present == runtime)
            {
                BySource.Remove(source);
            }
        };
    }

    /// <summary>
    /// Returns the runtime that a registration has created for a data source; null when there is none.
    /// </summary>
    public static ExtendDbRuntime? Registered(NpgsqlDataSource source) =>
        BySource.TryGetValue(source, out var runtime) && runtime.IsRegistered ? runtime : null;

    /// <summary>Returns the part of a connection string that identifies a database and a user.</summary>
    public static string Target(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        foreach (var keyword in new[] { "Password", "Max Auto Prepare", "No Reset On Close", "Enlist" })
        {
            target.Remove(keyword);
        }

        return target.ConnectionString;
    }

    private static ExtendDbRuntime Agreed(ExtendDbRuntime runtime, ExtendDbOptionsExtension extension)
    {
        if (extension.Options is { } wanted)
        {
            runtime.Options.DemandSame(wanted, runtime.Name);
        }

        return runtime;
    }

    private static ExtendDbRuntime New(
        IDbContextOptions options, ExtendDbOptionsExtension extension, Func<int, DatabaseConnections> connect)
    {
        var core = options.FindExtension<CoreOptionsExtension>();
        var services = core?.ApplicationServiceProvider;
        var wanted = extension.Options ?? new();
        return new(
            wanted,
            services?.GetService<TimeProvider>() ?? TimeProvider.System,
            core?.LoggerFactory ?? services?.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            connect(wanted.Propagation.Loops));
    }
}
