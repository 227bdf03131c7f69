using System.Globalization;
using System.Text.RegularExpressions;

namespace ExtendDb.Ef.Local;

/// <summary>Finds the programs of an installed PostgreSQL server.</summary>
internal sealed partial class PostgresBinaries
{
    internal const string FolderVariable = "EXTENDDB_POSTGRES_BIN";

    private static readonly string[] UsualFolders =
    [
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postgresql*/bin",
        "/usr/local/opt/postgresql*/bin",
        @"C:\Program Files\PostgreSQL\*\bin",
    ];

    private PostgresBinaries(string folder) => Folder = folder;

    internal string Folder { get; }

    internal string InitDb => Program("initdb");

    internal string PgCtl => Program("pg_ctl");

    internal static PostgresBinaries Find(string? givenFolder) =>
        Find(givenFolder, Environment.GetEnvironmentVariable, UsualFolders);

    internal static PostgresBinaries Find(
        string? givenFolder, Func<string, string?> variable, IEnumerable<string> usualFolders)
    {
        var named = givenFolder ?? variable(FolderVariable);
        if (!string.IsNullOrEmpty(named))
        {
            // A folder that was named is not silently replaced by another version found elsewhere.
            var namedBy = givenFolder is null ? FolderVariable : nameof(LocalPostgresOptions.BinFolder);
            return From(named) ?? throw new LocalPostgresException(
                $"The folder '{named}' ({namedBy}) does not hold PostgreSQL's server programs initdb, pg_ctl and "
                + $"postgres. {HowToInstall}");
        }

        var onPath = (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return onPath.Concat(usualFolders.SelectMany(Expand)).Select(From).FirstOrDefault(found => found is not null)
            ?? throw new LocalPostgresException($"No PostgreSQL server programs were found. {HowToInstall}");
    }

    /// <summary>Asks the programs for their major version, for example 17.</summary>
    internal async Task<int> MajorVersionAsync(CancellationToken cancellationToken)
    {
        var answer = await Command.RunAsync(Command.Create(InitDb, "--version"), cancellationToken);
        var version = MajorVersionPattern().Match(answer.Output);
        return version.Success
            ? int.Parse(version.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new LocalPostgresException(
                $"'{InitDb} --version' did not tell a version: {answer.Output}{answer.Error}");
    }

    private const string HowToInstall =
        "Install a PostgreSQL server: 'apt-get install postgresql' on Debian and Ubuntu, "
        + "'dnf install postgresql-server' on Fedora, 'brew install postgresql' on macOS, "
        + "'winget install PostgreSQL.PostgreSQL.17' on Windows; or name the folder of its programs in "
        + FolderVariable + ".";

    private static PostgresBinaries? From(string folder)
    {
        // The programs look for each other beside themselves, so a link on PATH is followed to where they are.
        var linked = new FileInfo(Path.Combine(folder, NameOf("initdb")));
        if (!linked.Exists)
        {
            return null;
        }

        return new[] { folder, Path.GetDirectoryName(linked.ResolveLinkTarget(returnFinalTarget: true)?.FullName) }
            .Where(candidate => candidate is not null)
            .Select(candidate => new PostgresBinaries(Path.GetFullPath(candidate!)))
            .FirstOrDefault(found => File.Exists(found.PgCtl) && File.Exists(found.Program("postgres")));
    }

    /// <summary>Replaces the one star of a pattern by what is there, the highest version first.</summary>
    private static IEnumerable<string> Expand(string pattern)
    {
        var starred = Path.GetDirectoryName(pattern);
        var parent = Path.GetDirectoryName(starred);
        return starred is null || !Directory.Exists(parent)
            ? []
            : Directory.EnumerateDirectories(parent, Path.GetFileName(starred))
                .OrderByDescending(VersionOf)
                .Select(folder => Path.Combine(folder, Path.GetFileName(pattern)));
    }

    private static int VersionOf(string folder)
    {
        var digits = DigitsPattern().Match(Path.GetFileName(folder));
        return digits.Success ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    private static string NameOf(string program) => OperatingSystem.IsWindows() ? program + ".exe" : program;

    private string Program(string name) => Path.Combine(Folder, NameOf(name));

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex MajorVersionPattern();

    [GeneratedRegex(@"\d{1,9}")]
    private static partial Regex DigitsPattern();
}
