using ExtendDb.Ef.InstalledProgramTests.OtherLanguages;
using ExtendDb.Ef.ServerTests.Deployment;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.InstalledProgramTests.Deployment;

/// <summary>The units of docs/deploy, read by systemd itself.</summary>
public sealed class SystemdUnitTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extenddb-units-");

    [Theory]
    [InlineData("extenddb-serve.service")]
    [InlineData("extenddb-worker.service")]
    public async Task Systemd_has_nothing_to_say_against_the_unit(string name)
    {
        var ended = await VerifyAsync(name, unit => unit);

        (ended.ExitCode, ended.Output + ended.Error).Should().Be((0, string.Empty));
    }

    [Theory]
    [InlineData("Type=notify", "Type=notified", "Failed to parse service type")]
    [InlineData("TimeoutStopSec=", "TimeoutStop=", "Unknown key")]
    [InlineData("/extenddb serve", "/no-such-program serve", "is not executable")]
    public async Task Unit_with_a_mistake_is_found(string part, string mistake, string words)
    {
        var ended = await VerifyAsync("extenddb-serve.service", unit => unit.Replace(part, mistake, StringComparison.Ordinal));

        ended.Error.Should().Contain(words);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // systemd looks whether the program is there, and there it is what was built.
    private async Task<ChildProcess.Ended> VerifyAsync(string name, Func<string, string> change)
    {
        var unit = (await File.ReadAllTextAsync(DeployFolder.PathOf(name)))
            .Replace("/opt/extenddb/", AppContext.BaseDirectory, StringComparison.Ordinal);
        var path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, change(unit));
        return await ChildProcess.RunAsync(Programs.SystemdAnalyze.Location, "verify", "--man=no", path);
    }
}
