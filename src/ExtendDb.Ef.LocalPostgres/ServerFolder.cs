using System.Globalization;
using System.Security.Cryptography;

namespace ExtendDb.Ef.Local;

/// <summary>The folder of one server: its data, its log, its lock and the files of the processes that use it.</summary>
/// <param name="Root">The folder itself, owned by the user of the server.</param>
/// <param name="IsTemporary">Whether the folder goes with the server.</param>
/// <param name="IsInMemory">Whether the folder is on a file system in memory.</param>
internal sealed record ServerFolder(string Root, bool IsTemporary, bool IsInMemory = false)
{
    internal const string TemporaryPrefix = "extenddb-pg-";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    internal string Data => Path.Combine(Root, "data");

    internal string Log => Path.Combine(Root, "server.log");

    internal string Lock => LockOf(Root);

    internal static string LockOf(string root) => Path.Combine(root, "lock");

    /// <summary>Makes a folder that goes with the server.</summary>
    /// <param name="memory">The folder in memory in which it is to be; null for the folder for temporary files.</param>
    internal static async Task<ServerFolder> CreateTemporaryAsync(
        ServerUser user, string? memory, CancellationToken cancellationToken)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{TemporaryPrefix}{Environment.ProcessId}-");
        var root = memory is null
            ? Directory.CreateTempSubdirectory(prefix).FullName
            : CreateOwnerOnly(Path.Combine(memory, prefix + RandomNumberGenerator.GetHexString(16, lowercase: true)));
        await user.TakeOverAsync(root, cancellationToken);
        await user.CheckCanWriteAsync(root, cancellationToken);
        return new ServerFolder(root, IsTemporary: true, IsInMemory: memory is not null);
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
        CreateOwnerOnly(making);
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

    private static string CreateOwnerOnly(string folder) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(folder).FullName
        : Directory.CreateDirectory(folder, OwnerOnly).FullName;
}
