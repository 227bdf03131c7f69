using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef.Runtime;

/// <summary>Carries what UseExtendDb() was told in a context's options, and adds the services of its saves.</summary>
/// <param name="options">The options that were given, of which a copy is kept; null when none were.</param>
/// <param name="runtime">The runtime of the context's registration; null when it has none.</param>
/// <param name="addServices">Adds the services of the saves to those of EF.</param>
internal sealed class ExtendDbOptionsExtension(
    ExtendDbOptions? options, ExtendDbRuntime? runtime, Action<IServiceCollection> addServices)
    : IDbContextOptionsExtension
{
    public ExtendDbOptions? Options { get; } = options?.Copy();

    public ExtendDbRuntime? Runtime { get; } = runtime;

    /// <summary>Gets or sets the runtime that was found last for a context without a registration.</summary>
    public Found? Last { get; set; }

    public DbContextOptionsExtensionInfo Info => new ExtensionInfo(this);

    public static ExtendDbOptionsExtension Of(IDbContextOptions options, DbContext context) =>
        options.FindExtension<ExtendDbOptionsExtension>()
        ?? throw new InvalidOperationException(
            $"{context.GetType().Name} was configured without UseExtendDb(). Add it beside UseNpgsql(…), "
            + "so that its writes enqueue the index updates.");

    public void ApplyServices(IServiceCollection services) => addServices(services);

    public void Validate(IDbContextOptions options)
    {
        if (Options?.Problems().ToList() is [_, ..] problems)
        {
            throw new InvalidOperationException(string.Join(' ', problems));
        }
    }

    /// <summary>The runtime of a connection string.</summary>
    /// <param name="ConnectionString">The connection string as the context has it.</param>
    /// <param name="Runtime">The runtime.</param>
    public sealed record Found(string ConnectionString, ExtendDbRuntime Runtime);

    private sealed class ExtensionInfo(ExtendDbOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using ExtendDb ";

        // The services of EF are the same for all contexts; none of them knows a database.
        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["ExtendDb"] = "1";
    }
}
