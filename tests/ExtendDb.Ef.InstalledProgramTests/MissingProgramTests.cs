using ExtendDb.Ef.InstalledProgramTests.OtherLanguages;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.InstalledProgramTests;

public sealed class MissingProgramTests : IDisposable
{
    private readonly DirectoryInfo _empty = Directory.CreateTempSubdirectory("extenddb-test-");

    [Theory]
    [InlineData("pgbouncer", "apt-get install pgbouncer")]
    [InlineData("node", "apt-get install nodejs npm")]
    [InlineData("python3", "apt-get install python3-boto3")]
    [InlineData("aws", "apt-get install awscli")]
    [InlineData("promtool", "apt-get install prometheus")]
    [InlineData("systemd-analyze", "apt-get install systemd")]
    [InlineData("bash", "apt-get install bash")]
    [InlineData("zsh", "apt-get install zsh")]
    [InlineData("fish", "apt-get install fish")]
    public void Missing_program_is_a_failure_that_says_how_to_install_it(string name, string advice)
    {
        var program = Programs.All.Single(each => each.Name == name);

        var find = () => program.FindIn([_empty.FullName]);

        find.Should().Throw<InvalidOperationException>().WithMessage($"*{advice}*");
    }

    [Fact]
    public void Missing_package_of_npm_is_a_failure_that_says_how_to_install_it()
    {
        var find = () => Scripts.WithPackage(_empty.FullName, "electrodb");

        find.Should().Throw<InvalidOperationException>().WithMessage($"*electrodb*npm install --prefix {_empty.FullName}");
    }

    public void Dispose() => _empty.Delete();
}
