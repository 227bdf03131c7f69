namespace ExtendDb.Ef.Local;

/// <summary>Lets one process at a time prepare or start the server of a folder.</summary>
/// <remarks>The operating system lets go of it when its process dies, however it dies.</remarks>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    internal static async Task<FolderLock> TakeAsync(
        string path, Deadline deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(path, FileMode.OpenOrCreate) is { } taken)
            {
                return taken;
            }

            if (deadline.IsOver)
            {
                throw new LocalPostgresException(
                    $"Another process held '{path}' for longer than a start may take: it still starts the server.");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Takes the lock, or returns null when another process holds it.</summary>
    internal static FolderLock? TryTake(string path, FileMode mode)
    {
        try
        {
            return new FolderLock(new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held) when (held.GetType() == typeof(IOException))
        {
            // A missing folder and the like have exception types of their own and are no reason to wait.
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
