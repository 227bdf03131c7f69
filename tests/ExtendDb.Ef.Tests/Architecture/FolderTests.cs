using FluentAssertions;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ExtendDb.Ef.Tests.Architecture;

public sealed class FolderTests(FolderTests.Sources sources) : IClassFixture<FolderTests.Sources>
{
    // As ARCHITECTURE.md lists them.
    private static readonly string[] Order =
    [
        "Errors", "Attributes", "Keys", "Expressions", "Options", "Telemetry", "Storage", "Runtime", "Propagation",
        "Backpressure", "Streams", "Writing", "Operations", "Typed", "IndexLifecycle", "StreamLifecycle", "Consumers", "Hosting",
    ];

    // Registration belongs to the namespaces of the frameworks that an application has open there.
    private static readonly string[] PublicNamespaces =
    [
        "ExtendDb.Ef", "ExtendDb.Ef.Model", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions.DependencyInjection",
    ];

    [Fact]
    public void Every_folder_has_a_place_in_the_order() =>
        sources.Core.Types().Select(type => Top(type.Folder)).Where(folder => folder.Length > 0).Distinct()
            .Should().BeEquivalentTo(Order);

    [Fact]
    public void File_uses_only_folders_above_its_own() =>
        sources.Core.Uses()
            .Where(use => Rank(use.Folder) is { } from && Rank(use.TypeFolder) is { } to && to > from)
            .Select(use => $"{use.File} uses {use.Type} of {use.TypeFolder}").Distinct()
            .Should().BeEmpty();

    [Fact]
    public void Internal_type_has_the_namespace_of_its_folder() =>
        sources.Core.Types()
            .Where(type => type.Type.DeclaredAccessibility != Accessibility.Public)
            .Where(type => Namespace(type.Type) != $"ExtendDb.Ef.{type.Folder.Replace('/', '.')}".TrimEnd('.'))
            .Select(type => $"{type.File} declares {type.Type}")
            .Should().BeEmpty();

    [Fact]
    public void Public_type_has_a_public_namespace() =>
        sources.Core.Types()
            .Where(type => type.Type.DeclaredAccessibility == Accessibility.Public)
            .Where(type => !PublicNamespaces.Contains(Namespace(type.Type)))
            .Select(type => $"{type.File} declares {type.Type}")
            .Should().BeEmpty();

    [Fact]
    public void File_has_the_name_of_a_type_in_it() =>
        sources.Core.Types().GroupBy(type => type.File)
            // EF names the files of the compiled model.
            .Where(file => !file.Key.StartsWith("Storage/CompiledModel/", StringComparison.Ordinal))
            .Where(file => !file.Any(type => type.Type.Name == Path.GetFileNameWithoutExtension(file.Key)))
            .Select(file => file.Key)
            .Should().BeEmpty();

    private static string Top(string folder) => folder.Split('/')[0];

    // The files at the root, which a user types first, have no place.
    private static int? Rank(string folder) => folder.Length == 0 ? null : Array.IndexOf(Order, Top(folder));

    private static string Namespace(INamedTypeSymbol type) => type.ContainingNamespace.ToDisplayString();

    /// <summary>The sources, read once for all tests of the class.</summary>
    public sealed class Sources
    {
        internal CoreSources Core { get; } = new();
    }
}
