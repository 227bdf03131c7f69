using System.Globalization;
using System.Security.Cryptography;

namespace ExtendDb.Ef.Local;

/// <summary>Makes the data folder of a server, whole or not at all.</summary>
internal static class DataFolder
{
    internal const string Superuser = "extenddb";

    internal static string PasswordFile(string data) => Path.Combine(data, "extenddb.password");

    internal static async Task<string> ReadPasswordAsync(string data, CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(PasswordFile(data), cancellationToken)).Trim();

    /// <summary>
    /// Leaves a whole data folder alone, moves a half-made one aside, and makes one where there is none.
    /// </summary>
    /// <remarks>Only the holder of the folder's lock may call it.</remarks>
    internal static async Task EnsureAsync(
        ServerFolder folder, PostgresBinaries binaries, ServerUser user, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder.Data))
        {
            if (File.Exists(Path.Combine(folder.Data, "PG_VERSION")) && File.Exists(PasswordFile(folder.Data)))
            {
                return;
            }

            // Whatever it is, it may be all that is left of somebody's data.
            var now = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
            Directory.Move(folder.Data, $"{folder.Data}.broken-{now}");
        }

        await DeleteUnfinishedAsync(folder, user, cancellationToken);
        await MakeAsync(folder, binaries, user, cancellationToken);
    }

    private static async Task DeleteUnfinishedAsync(
        ServerFolder folder, ServerUser user, CancellationToken cancellationToken)
    {
        // These never held anybody's data: the rename that would have made them the data folder did not happen.
        foreach (var unfinished in Directory.EnumerateFileSystemEntries(folder.Root, "making-*").ToList())
        {
            await user.DeleteAsync(unfinished, cancellationToken);
        }
    }

    private static async Task MakeAsync(
        ServerFolder folder, PostgresBinaries binaries, ServerUser user, CancellationToken cancellationToken)
    {
        var making = Path.Combine(folder.Root, $"making-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        var password = $"{making}.password";
        await WritePasswordAsync(password, user, cancellationToken);

        string[] syncing = folder.IsTemporary ? ["--no-sync"] : [];
        var made = await Command.RunAsync(
            user.StartInfo(
                binaries.InitDb,
                [
                    "--pgdata", making, "--username", Superuser, "--pwfile", password, "--auth", "scram-sha-256",
                    "--encoding", "UTF8", "--locale", "C", .. syncing,
                ]),
            cancellationToken);
        if (!made.Succeeded)
        {
            throw new LocalPostgresException($"initdb failed in '{folder.Root}': {made.Error}{made.Output}");
        }

        File.Move(password, PasswordFile(making));
        Directory.Move(making, folder.Data);
    }

    private static async Task WritePasswordAsync(string path, ServerUser user, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var writer = new StreamWriter(path, options))
        {
            await writer.WriteLineAsync(RandomNumberGenerator.GetHexString(48).AsMemory(), cancellationToken);
        }

        await user.TakeOverAsync(path, cancellationToken);
    }
}
