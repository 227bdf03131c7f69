using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef;

/// <summary>Carries the options of UseExtendDb() in a context's options.</summary>
internal sealed class ExtendDbOptionsExtension(ExtendDbOptions options) : IDbContextOptionsExtension
{
    // A copy: the options are part of the key under which a process keeps what it knows of a database.
    public ExtendDbOptions Options { get; } = options with
    {
        Propagation = options.Propagation with { },
        Backpressure = options.Backpressure.Copy(),
        Verification = options.Verification with { },
        TimeToLive = options.TimeToLive with { },
    };

    public DbContextOptionsExtensionInfo Info => new ExtensionInfo(this);

    public static ExtendDbOptions Of(DbContext context) =>
        context.GetService<IDbContextOptions>().FindExtension<ExtendDbOptionsExtension>()?.Options
        ?? throw new InvalidOperationException(
            $"{context.GetType().Name} was configured without UseExtendDb(). Add it beside UseNpgsql(…), "
            + "so that its writes enqueue the index updates.");

    public void ApplyServices(IServiceCollection services)
    {
        // Nothing of ours lives in EF's service provider: it is shared by contexts of different databases.
    }

    public void Validate(IDbContextOptions options)
    {
        if (Options.Problems().ToList() is [_, ..] problems)
        {
            throw new InvalidOperationException(string.Join(' ', problems));
        }
    }

    private sealed class ExtensionInfo(ExtendDbOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using ExtendDb ";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["ExtendDb"] = "1";
    }
}
