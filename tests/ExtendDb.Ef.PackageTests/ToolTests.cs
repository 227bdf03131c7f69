using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PackageTests;

/// <summary>The command line, installed from its package.</summary>
public sealed class ToolTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>, IDisposable
{
    private const string Version = "0.0.1-tool";
    private readonly string _folder = Directory.CreateTempSubdirectory("extenddb-tool-").FullName;

    [Fact]
    public async Task Tool_installs_from_a_feed_and_knows_its_database()
    {
        var none = new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages") };
        await Dotnet.RunAsync(Repository.Folder, none, "pack", Repository.Tool, "-o", _folder, $"-p:Version={Version}");
        await Dotnet.RunAsync(
            _folder, none, "tool", "install", "ExtendDb.Ef.Server", "--version", Version, "--tool-path", "bin", "--add-source", _folder);

        await using var status = ChildProgram.Start(new(Path.Combine(_folder, "bin", "extenddb"), ["status"])
        {
            Environment = { ["EXTENDDB_CONNECTION"] = database.ConnectionString },
        });

        (await status.ExitCodeAsync()).Should().Be(0, status.Errors);
        status.Output.Should().Contain("schema");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
