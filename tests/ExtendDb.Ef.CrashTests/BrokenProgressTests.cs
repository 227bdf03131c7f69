using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.CrashTests;

public class BrokenProgressTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Verification_refuses_a_file_that_is_JSON_of_something_else_by_its_name()
    {
        var file = Path.Combine(Path.GetTempPath(), $"other-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, "{}");
        await using var orders = await Orders.CreateAsync(fixture.ConnectionString);

        var run = await ExtendDbProcess.RunAsync(fixture.ConnectionString, "verify", "--resume", file);

        File.Delete(file);
        run.ExitCode.Should().Be(1, run.Errors);
        run.Errors.Should().Contain($"{file} is not the progress of a verification");
    }
}
