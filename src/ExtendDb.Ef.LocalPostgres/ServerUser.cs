using System.Diagnostics;

namespace ExtendDb.Ef.Local;

/// <summary>The user whom the server runs as: the caller, or postgres when the caller is root.</summary>
/// <remarks>PostgreSQL refuses to run as root, and its folder has to belong to the user it runs as.</remarks>
internal sealed class ServerUser
{
    private const string Name = "postgres";

    private readonly string[] _prefix;

    private ServerUser(string[] prefix) => _prefix = prefix;

    private bool IsCaller => _prefix.Length == 0;

    internal static async Task<ServerUser> FindAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return new ServerUser([]);
        }

        var known = await Command.RunAsync(Command.Create("id", "-u", Name), cancellationToken);
        if (!known.Succeeded)
        {
            throw new LocalPostgresException(
                $"PostgreSQL refuses to run as root, and there is no user '{Name}' to run it as. Create one "
                + $"('useradd --system {Name}'; the package postgresql does so too), or do not run as root.");
        }

        return new ServerUser(SwitchUser());
    }

    internal ProcessStartInfo StartInfo(string file, params IEnumerable<string> arguments) =>
        IsCaller ? Command.Create(file, arguments) : Command.Create(_prefix[0], [.. _prefix[1..], file, .. arguments]);

    /// <summary>Gives one file or folder, not what is in it, to the server's user.</summary>
    internal async Task TakeOverAsync(string path, CancellationToken cancellationToken)
    {
        if (IsCaller)
        {
            return;
        }

        var given = await Command.RunAsync(Command.Create("chown", $"{Name}:", path), cancellationToken);
        if (!given.Succeeded)
        {
            throw new LocalPostgresException($"'{path}' could not be given to the user {Name}: {given.Error}");
        }
    }

    internal async Task CheckCanWriteAsync(string folder, CancellationToken cancellationToken)
    {
        if (IsCaller)
        {
            return;
        }

        var writable = await Command.RunAsync(StartInfo("test", "-w", folder), cancellationToken);
        if (!writable.Succeeded)
        {
            throw new LocalPostgresException(
                $"The server runs as the user {Name}, who cannot write to '{folder}'. Choose a folder whose parents "
                + "everyone may enter (TMPDIR for temporary servers).");
        }
    }

    /// <summary>Deletes a folder as the server's user.</summary>
    /// <remarks>
    /// Not as root: in a folder for temporary files another user could put links in the way of a root that deletes.
    /// </remarks>
    internal async Task DeleteAsync(string folder, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows())
        {
            await Command.RunAsync(StartInfo("rm", "-rf", "--", folder), cancellationToken);
        }
        else if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] SwitchUser()
    {
        if (Command.Find("runuser") is { } runuser)
        {
            // A session of its own: runuser answers a SIGTERM to the whole group by killing what it runs after two
            // seconds, which would leave a server behind that nobody watches.
            string[] prefix = [runuser, "-u", Name, "--"];
            return Command.Find("setsid") is { } setsid ? [setsid, .. prefix] : prefix;
        }

        return Command.Find("setpriv") is { } setpriv
            ? [setpriv, $"--reuid={Name}", $"--regid={Name}", "--init-groups", "--"]
            : throw new LocalPostgresException(
                $"PostgreSQL refuses to run as root, and neither runuser nor setpriv is there to run it as '{Name}'. "
                + "Install util-linux, or do not run as root.");
    }
}
