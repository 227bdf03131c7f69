using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PackageTests;

/// <summary>The command line, installed from its package.</summary>
[Collection(PackageCollection.Name)]
public sealed class ToolTests(LocalFeed feed, ExtendDbFixture database)
{
    [Fact]
    public async Task Tool_installs_from_a_feed_and_knows_its_database()
    {
        var ownPackages = new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(feed.Folder, "of-tools") };
        await Dotnet.RunAsync(
            feed.Folder,
            ownPackages,
            "tool", "install", "ExtendDb.Ef.Server", "--version", feed.Version, "--tool-path", "tools", "--add-source", feed.Packages);

        await using var status = ChildProgram.Start(new(Path.Combine(feed.Folder, "tools", "extenddb"), ["status"])
        {
            Environment = { ["EXTENDDB_CONNECTION"] = database.ConnectionString },
        });

        (await status.ExitCodeAsync()).Should().Be(0, status.Errors);
        status.Output.Should().Contain("schema");
    }
}
