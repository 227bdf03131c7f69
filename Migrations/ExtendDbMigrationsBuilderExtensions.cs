using ExtendDb.Ef;
using ExtendDb.Ef.Migrations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the migration of the database to a registration of ExtendDb.</summary>
public static class ExtendDbMigrationsBuilderExtensions
{
    /// <summary>
    /// Applies the migrations of ExtendDb that the database lacks when the host starts, before any service of the host
    /// begins.
    /// </summary>
    /// <param name="builder">The registration.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// <para>The migrations run on a connection of the registration's context. They create and change the schema
    /// <c>extenddb</c> only; the migrations of a context of the application's own stay the application's. A second call
    /// for a registration changes nothing. Several processes may start at once: each migration is applied once. A
    /// process of an older version that still runs refuses its work once a migration is applied.</para>
    /// <para>The start of the host throws a <see cref="MigrationRefusedException"/> when the database does not exist, or
    /// when the role of the connection lacks the rights; a role that may only read the history can start on a database
    /// that is up to date. It throws a <see cref="SchemaVersionException"/> when the database is newer than this
    /// build.</para>
    /// <para>Cost: one connection, and two round trips on a database that is up to date.</para>
    /// </remarks>
    public static ExtendDbBuilder MigrateOnStart(this ExtendDbBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var context = builder.ContextType;
        if (builder.Services.Any(service =>
            service.ServiceType == typeof(MigrationAtStart) && Equals(service.ServiceKey, context)))
        {
            return builder;
        }

        builder.Services.AddKeyedSingleton(context, (provider, _) => new MigrationAtStart(
            () => builder.CreateContext(provider),
            provider.GetService<ILogger<MigrationAtStart>>() ?? NullLogger<MigrationAtStart>.Instance));
        builder.Services.AddSingleton<IHostedService>(
            provider => provider.GetRequiredKeyedService<MigrationAtStart>(context));
        return builder;
    }
}
