using System.Globalization;
using Xunit;

namespace ExtendDb.Ef.PackageTests;

/// <summary>A folder with all packages, and the samples beside it.</summary>
/// <remarks>One for all tests: two that packed at a time would write the same files of the projects.</remarks>
public sealed class LocalFeed : IAsyncLifetime
{
    /// <summary>Gets a version that no feed has and no folder of packages keeps.</summary>
    public string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.0.1-t{DateTime.UtcNow.Ticks}");

    /// <summary>Gets a folder that is deleted after the tests.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("extenddb-feed-").FullName;

    public string Packages => Path.Combine(Folder, "feed");

    public string Samples => Path.Combine(Folder, "samples");

    /// <summary>Gets the variables with which the SDK finds the packages, and leaves nothing of them behind.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["ExtendDbVersion"] = Version,
        ["RestoreAdditionalProjectSources"] = Packages,
        ["RestorePackagesPath"] = Path.Combine(Folder, "packages"),
        ["RestoreFallbackFolders"] = GlobalPackages,
    };

    private static string GlobalPackages => System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public async Task InitializeAsync()
    {
        foreach (var library in Repository.Libraries)
        {
            await Dotnet.RunAsync(
                Repository.Folder,
                new Dictionary<string, string>(),
                "pack", library, "--no-build", "-c", Configuration, "-o", Packages, $"-p:Version={Version}");
        }

        // Its packages hold compiled code, which no build of the solution makes.
        await Dotnet.RunAsync(
            Repository.Folder,
            new Dictionary<string, string>(),
            "pack", Repository.Tool, "-o", Packages, $"-p:Version={Version}");

        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Folder, "docs", "samples"), "*", SearchOption.AllDirectories)
            .Where(file => !IsBuilt(file)))
        {
            var copy = Path.Combine(Samples, Path.GetRelativePath(Path.Combine(Repository.Folder, "docs", "samples"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    private static bool IsBuilt(string file) => file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif
}
