namespace ExtendDb.Ef.Local;

/// <summary>Reads what a server has written to its log since a start.</summary>
internal sealed class ServerLog
{
    private const long LargestKept = 8 * 1024 * 1024;
    private const int LongestTail = 4096;

    private readonly string _path;
    private readonly long _from;

    private ServerLog(string path, long from) => (_path, _from) = (path, from);

    /// <summary>Notes where the log ends now; a long log of a server that does not run begins anew.</summary>
    internal static ServerLog Mark(string path)
    {
        var file = new FileInfo(path);
        if (file is { Exists: true, Length: > LargestKept })
        {
            File.Move(path, path + ".old", overwrite: true);
            return new ServerLog(path, 0);
        }

        return new ServerLog(path, file.Exists ? file.Length : 0);
    }

    internal async Task<string> ReadTailAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
        {
            return "";
        }

        await using var file = new FileStream(
            _path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(Math.Max(_from, file.Length - LongestTail), SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
