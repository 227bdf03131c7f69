using ExtendDb.Ef.Testing;
using Xunit;

namespace ExtendDb.Ef.PackageTests;

/// <summary>The tests of all packages share one feed.</summary>
[CollectionDefinition(Name)]
public sealed class PackageCollection : ICollectionFixture<LocalFeed>, ICollectionFixture<ExtendDbFixture>
{
    public const string Name = "packages";
}
