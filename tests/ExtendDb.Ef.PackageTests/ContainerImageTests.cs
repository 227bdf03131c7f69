using System.Text.Json;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PackageTests;

/// <summary>The container image, built as docs/deploy says, on another base image.</summary>
[Collection(PackageCollection.Name)]
public sealed class ContainerImageTests(ExtendDbFixture database) : IDisposable
{
    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("extenddb-image-").FullName;

    [Fact]
    public async Task Image_serves_by_default_as_a_user_without_rights_and_runs_every_command()
    {
        using var registry = new BaseImageRegistry();
        var archive = Path.Combine(_folder, "image.tar.gz");
        await Dotnet.RunAsync(
            Repository.Folder,
            NoVariables,
            "publish", Repository.Tool, "-t:PublishContainer", $"-p:PublishDir={_folder}/publish/",
            $"-p:ContainerBaseImage={registry.Image}", $"-p:ContainerArchiveOutputPath={archive}");
        await UnpackAsync(archive, _folder);
        var manifest = Read("manifest.json")[0];
        var config = Read(manifest.GetProperty("Config").GetString()!).GetProperty("config");
        await UnpackAsync(
            Path.Combine(_folder, manifest.GetProperty("Layers").EnumerateArray().Last().GetString()!),
            Path.Combine(_folder, "root"));
        var entry = Words(config, "Entrypoint");

        await using var status = ChildProgram.Start(new(
            entry[0]!, [.. entry.Skip(1).Select(word => word!.Replace("/app/", $"{_folder}/root/app/", StringComparison.Ordinal)), "status"])
        {
            Environment = { ["EXTENDDB_CONNECTION"] = database.ConnectionString },
        });

        (await status.ExitCodeAsync()).Should().Be(0, status.Errors);
        Words(manifest, "RepoTags").Should().Equal("extenddb:latest");
        Words(config, "Cmd").Should().Equal("serve");
        config.GetProperty("User").GetString().Should().Be("1654");
        config.GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name).Should().Equal("8000/tcp");
        Words(config, "Env").Should().Contain("ASPNETCORE_HTTP_PORTS=8000");
    }

    [Fact]
    public async Task Image_is_based_on_that_of_ASP_NET_Core_with_a_shell_for_health_checks()
    {
        var image = await Dotnet.RunAsync(
            Repository.Folder,
            NoVariables,
            "msbuild", Repository.Tool, "-t:ComputeContainerConfig", "-getProperty:ContainerBaseImage");

        image.Trim().Should().EndWith("/dotnet/aspnet:10.0-alpine");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task UnpackAsync(string archive, string folder)
    {
        Directory.CreateDirectory(folder);
        await using var tar = ChildProgram.Start(new("tar", ["-xf", archive, "-C", folder]));
        (await tar.ExitCodeAsync()).Should().Be(0, tar.Errors);
    }

    private static List<string?> Words(JsonElement of, string member) =>
        [.. of.GetProperty(member).EnumerateArray().Select(word => word.GetString())];

    private JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, file))).RootElement;
}
