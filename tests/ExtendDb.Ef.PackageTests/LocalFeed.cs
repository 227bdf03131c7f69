using System.Globalization;
using Xunit;

namespace ExtendDb.Ef.PackageTests;

/// <summary>A folder with all packages, as they were built, and the samples beside it.</summary>
public sealed class LocalFeed : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("extenddb-feed-").FullName;

    /// <summary>Gets a version that no feed has and no folder of packages keeps.</summary>
    public string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.0.1-t{DateTime.UtcNow.Ticks}");

    public string Packages => Path.Combine(_folder, "feed");

    public string Samples => Path.Combine(_folder, "samples");

    /// <summary>Gets the variables with which the SDK finds the packages, and leaves nothing of them behind.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["ExtendDbVersion"] = Version,
        ["RestoreAdditionalProjectSources"] = Packages,
        ["RestorePackagesPath"] = Path.Combine(_folder, "packages"),
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
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private static bool IsBuilt(string file) => file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif
}
