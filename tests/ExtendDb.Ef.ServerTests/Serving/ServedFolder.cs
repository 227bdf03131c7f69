namespace ExtendDb.Ef.ServerTests.Serving;

/// <summary>A folder to run a server in; deleted at the end.</summary>
internal sealed class ServedFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extenddb-serve-");

    public string Path => _folder.FullName;

    /// <summary>Writes appsettings.json.</summary>
    public ServedFolder WithSettings(string json)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, "appsettings.json"), json);
        return this;
    }

    /// <summary>Writes a file that some may read.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
