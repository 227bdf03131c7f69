using ExtendDb.Ef.Server.Demo;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.CrashTests;

public sealed class DemoTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("extenddb-demo-");

    [Fact]
    public async Task Demo_kills_its_worker_and_loses_nothing()
    {
        var connectionString = await fixture.CreateDatabaseAsync(migrated: false);

        var run = await ExtendDbProcess.RunAsync(connectionString, "demo", "--items", "1500");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().MatchRegex(@"items +│ +1,500").And.MatchRegex(@"entries lost +│ +0")
            .And.MatchRegex(@"totals by file type that are wrong +│ +0");
    }

    [Fact]
    public async Task Demo_run_again_updates_what_changed_and_removes_what_is_gone()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        foreach (var name in new[] { "kept.txt", "changed.txt", "gone.dll", "bare" })
        {
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), name);
        }

        await ExtendDbProcess.RunAsync(connectionString, "demo", "--scan", _folder.FullName);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "changed.txt"), "longer than before");
        File.Delete(Path.Combine(_folder.FullName, "gone.dll"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "new.dll"), "new");
        var run = await ExtendDbProcess.RunAsync(connectionString, "demo", "--scan", _folder.FullName);

        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().MatchRegex(@"added / changed / unchanged +│ +1 / 1 / 2").And.MatchRegex(@"removed.*│ +1 ");
    }

    [Fact]
    public async Task Demo_killed_half_way_is_completed_by_the_next_run()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var orders = Orders.Open(connectionString);
        await using (var killed = ExtendDbProcess.Start(connectionString, "demo", "--items", "3000"))
        {
            await Waiting.UntilAsync(
                async () => killed.HasExited || await orders.Context.Items.AnyAsync(), "the first items are there");
            await killed.KillAsync();
        }

        var run = await ExtendDbProcess.RunAsync(connectionString, "demo", "--items", "3000");

        run.ExitCode.Should().Be(0, run.Errors);
        run.Output.Should().MatchRegex(@"items +│ +3,000");
    }

    [Fact]
    public async Task Demo_begins_the_stream_and_the_totals_of_a_table_that_has_none()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using (var client = new Client(connectionString))
        {
            await client.ExtendDb.CreateTableAsync(FileItems.Definition with { StreamSpecification = null });
            await client.ExtendDb.PutItemAsync(new(FileItems.Table, FileItems.Of(new(typeof(DemoTests).Assembly.Location))));
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "new.dll"), "new");
        var run = await ExtendDbProcess.RunAsync(connectionString, "demo", "--scan", _folder.FullName);

        run.ExitCode.Should().Be(0, run.Errors + run.Output);
        run.Output.Should().MatchRegex(@"totals by file type that are wrong +│ +0");
    }

    [Fact]
    public async Task Demo_of_an_empty_folder_has_nothing_to_do()
    {
        var connectionString = await fixture.CreateDatabaseAsync();

        var run = await ExtendDbProcess.RunAsync(connectionString, "demo", "--scan", _folder.FullName);

        run.ExitCode.Should().Be(0, run.Errors);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
