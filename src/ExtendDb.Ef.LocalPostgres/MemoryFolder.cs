namespace ExtendDb.Ef.Local;

/// <summary>The folder of this machine whose files are in its memory.</summary>
internal static class MemoryFolder
{
    private const string SharedMemory = "/dev/shm";
    private const long Room = 1L << 30;

    /// <summary>
    /// Returns <c>/dev/shm</c>; null where it is not a file system in memory, or has less than 1 GB of room, as in most
    /// containers.
    /// </summary>
    internal static string? Find(string folder = SharedMemory)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(folder))
        {
            return null;
        }

        var drive = new DriveInfo(folder);
        return drive.DriveFormat == "tmpfs" && drive.AvailableFreeSpace >= Room ? folder : null;
    }

    /// <summary>Returns the folders that can hold temporary servers.</summary>
    internal static IEnumerable<string> WithTemporaryServers() =>
        Directory.Exists(SharedMemory) && OperatingSystem.IsLinux() ? [Path.GetTempPath(), SharedMemory] : [Path.GetTempPath()];
}
