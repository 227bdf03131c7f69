using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ExtendDb.Ef.Local;

/// <summary>Removes the temporary servers whose owners died together with everything that watched them.</summary>
internal static partial class AbandonedFolders
{
    internal static async Task RemoveAsync(
        PostgresBinaries binaries, ServerUser user, CancellationToken cancellationToken)
    {
        foreach (var root in MemoryFolder.WithTemporaryServers()
            .SelectMany(parent => Directory.EnumerateDirectories(parent, ServerFolder.TemporaryPrefix + "*")))
        {
            var owner = NamePattern().Match(Path.GetFileName(root));
            if (!owner.Success || IsAlive(int.Parse(owner.Groups[1].ValueSpan, CultureInfo.InvariantCulture)))
            {
                continue;
            }

            try
            {
                await RemoveAsync(new ServerFolder(root, IsTemporary: true), binaries, user, cancellationToken);
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                // Another user's, or another process is removing it too. It is not this server's business.
            }
        }
    }

    private static async Task RemoveAsync(
        ServerFolder folder, PostgresBinaries binaries, ServerUser user, CancellationToken cancellationToken)
    {
        // The number in its name says little when processes of several containers share the folder; the lock is held
        // by the owner as long as it lives.
        FolderLock? held = null;
        if (File.Exists(folder.Lock) && (held = FolderLock.TryTake(folder.Lock, FileMode.Open)) is null)
        {
            return;
        }

        using (held)
        {
            if (PostmasterPid.Read(folder.Data)?.Look(folder.Data) is ProcessState.Ours or ProcessState.SomePostgres)
            {
                await Command.RunAsync(
                    user.StartInfo(binaries.PgCtl, "stop", "-w", "-s", "-m", "immediate", "-D", folder.Data),
                    cancellationToken);
            }

            await user.DeleteAsync(folder.Root, cancellationToken);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\Aextenddb-pg-(\d{1,9})-")]
    private static partial Regex NamePattern();
}
