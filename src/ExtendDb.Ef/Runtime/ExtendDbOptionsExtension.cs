using ExtendDb.Ef.Options;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef.Runtime;

/// <summary>
/// Carries the arguments of UseExtendDb() in a context's options, and adds the services of its saves and queries.
/// </summary>
/// <param name="options">The given options, which are copied; null when none were given.</param>
/// <param name="runtime">The runtime of the context's registration; null when it has none.</param>
/// <param name="addServices">Adds the services of the saves and queries to the internal services of EF.</param>
internal sealed class ExtendDbOptionsExtension(
    ExtendDbOptions? options, ExtendDbRuntime? runtime, Action<IServiceCollection> addServices)
    : IDbContextOptionsExtension
{
    public ExtendDbOptions? Options { get; } = options?.Copy();

    public ExtendDbRuntime? Runtime { get; } = runtime;

    /// <summary>Gets or sets the runtime that was last found for a context without a registration.</summary>
    public Found? Last { get; set; }

    public DbContextOptionsExtensionInfo Info => new ExtensionInfo(this);

    public static ExtendDbOptionsExtension Of(IDbContextOptions options, DbContext context) =>
        options.FindExtension<ExtendDbOptionsExtension>()
        ?? throw new InvalidOperationException(
            $"{context.GetType().Name} was configured without UseExtendDb() in its options, without which its writes would enqueue "
            + $"no index updates. Register it with AddExtendDb<{context.GetType().Name}>(…), or call UseExtendDb() on its "
            + "DbContextOptionsBuilder, beside UseNpgsql(…). Its model needs modelBuilder.UseExtendDb() too.");

    public void ApplyServices(IServiceCollection services) => addServices(services);

    public void Validate(IDbContextOptions options)
    {
        if (Options is not null && ExtendDbOptionsValidator.Instance.Validate(null, Options) is { Failed: true } refused)
        {
            throw new InvalidOperationException(refused.FailureMessage);
        }
    }

    /// <summary>A runtime that was found by a connection string.</summary>
    /// <param name="ConnectionString">The connection string as the context has it.</param>
    public sealed record Found(string ConnectionString, ExtendDbRuntime Runtime);

    private sealed class ExtensionInfo(ExtendDbOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using ExtendDb ";

        // The internal services of EF are the same for all contexts; none of them depends on a database.
        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["ExtendDb"] = "1";
    }
}
