using ExtendDb.Ef.Local;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

public sealed class PostgresBinariesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("extenddb-test-");

    [Theory]
    [InlineData("apt-get install postgresql")]
    [InlineData("brew install postgresql")]
    [InlineData("winget install")]
    [InlineData("EXTENDDB_POSTGRES_BIN")]
    public void Missing_programs_say_what_to_install(string advice)
    {
        var find = () => PostgresBinaries.Find(givenFolder: null, _ => null, usualFolders: []);

        find.Should().Throw<LocalPostgresException>().WithMessage($"*{advice}*");
    }

    [Fact]
    public void Named_folder_without_programs_is_not_silently_replaced()
    {
        var usual = Install("17");

        var find = () => PostgresBinaries.Find(givenFolder: null, _ => _root.FullName, [usual]);

        find.Should().Throw<LocalPostgresException>().WithMessage($"*{_root.FullName}*EXTENDDB_POSTGRES_BIN*");
    }

    [Fact]
    public void Highest_of_the_usual_versions_is_taken()
    {
        Install("9");
        var highest = Install("17");
        Install("16");

        var found = PostgresBinaries.Find(givenFolder: null, _ => null, [Path.Combine(_root.FullName, "*", "bin")]);

        found.Folder.Should().Be(highest);
    }

    [Fact]
    public void Programs_on_the_path_win_over_the_usual_places()
    {
        var onPath = Install("16");
        Install("17");

        var found = PostgresBinaries.Find(
            givenFolder: null, name => name == "PATH" ? onPath : null, [Path.Combine(_root.FullName, "*", "bin")]);

        found.Folder.Should().Be(onPath);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private string Install(string version)
    {
        var bin = Directory.CreateDirectory(Path.Combine(_root.FullName, version, "bin")).FullName;
        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" })
        {
            File.WriteAllText(Path.Combine(bin, program + ending), "");
        }

        return bin;
    }
}
