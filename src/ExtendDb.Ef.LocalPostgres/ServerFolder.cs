using System.Globalization;
using System.Security.Cryptography;

namespace ExtendDb.Ef.Local;

/// <summary>The folder of one server: its data, its log, its lock and the files of the processes that use it.</summary>
/// <param name="Root">The folder itself, owned by the user of the server.</param>
/// <param name="IsTemporary">Whether the folder goes with the server.</param>
internal sealed record ServerFolder(string Root, bool IsTemporary)
{
    internal const string TemporaryPrefix = "extenddb-pg-";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    internal string Data => Path.Combine(Root, "data");

    internal string Log => Path.Combine(Root, "server.log");

    internal string Lock => LockOf(Root);

    internal static string LockOf(string root) => Path.Combine(root, "lock");

    internal static async Task<ServerFolder> CreateTemporaryAsync(ServerUser user, CancellationToken cancellationToken)
    {
        var root = Directory.CreateTempSubdirectory(
            string.Create(CultureInfo.InvariantCulture, $"{TemporaryPrefix}{Environment.ProcessId}-")).FullName;
        await user.TakeOverAsync(root, cancellationToken);
        await user.CheckCanWriteAsync(root, cancellationToken);
        return new ServerFolder(root, IsTemporary: true);
    }

    internal static async Task<ServerFolder> OpenPersistentAsync(
        string folder, int majorVersion, ServerUser user, CancellationToken cancellationToken)
    {
        var root = Path.Combine(Path.GetFullPath(folder), majorVersion.ToString(CultureInfo.InvariantCulture));
        if (!Directory.Exists(root))
        {
            await MakeAsync(root, user, cancellationToken);
        }

        await user.CheckCanWriteAsync(root, cancellationToken);
        return new ServerFolder(root, IsTemporary: false);
    }

    /// <summary>Makes a folder that belongs to the server's user from the first moment at which it has its name.</summary>
    /// <remarks>Another process that starts at the same moment would find it while it still belongs to root.</remarks>
    private static async Task MakeAsync(string root, ServerUser user, CancellationToken cancellationToken)
    {
        var making = $"{root}.making-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        Directory.CreateDirectory(Path.GetDirectoryName(root)!);
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(making)
            : Directory.CreateDirectory(making, OwnerOnly);
        await user.TakeOverAsync(making, cancellationToken);
        try
        {
            Directory.Move(making, root);
        }
        catch (IOException) when (Directory.Exists(root))
        {
            Directory.Delete(making);
        }
    }
}
