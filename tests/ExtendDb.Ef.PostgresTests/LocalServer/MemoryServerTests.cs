using ExtendDb.Ef.Local;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

public class MemoryServerTests
{
    [Fact]
    public async Task Server_in_memory_is_where_the_machine_has_room_for_it_and_leaves_nothing_there()
    {
        var expected = MemoryFolder.Find() ?? Path.GetTempPath();

        var server = await LocalPostgres.StartAsync(new() { InMemory = true });

        Path.GetDirectoryName(server.Folder).Should().Be(Path.TrimEndingDirectorySeparator(expected));
        server.IsInMemory.Should().Be(MemoryFolder.Find() is not null);
        await server.DisposeAsync();
        Directory.Exists(server.Folder).Should().BeFalse();
    }

    [Fact]
    public async Task Server_in_memory_recovers_from_an_immediate_stop()
    {
        await using var server = await LocalPostgres.StartAsync(new() { InMemory = true });

        await server.StopImmediatelyAsync();
        await server.StartAgainAsync();

        (await Sql.ScalarAsync(server.ConnectionString, "SHOW max_wal_size")).Should().Be("128MB");
    }

    [Fact]
    public async Task Temporary_server_is_not_in_memory_unless_it_is_asked_for()
    {
        await using var server = await LocalPostgres.StartAsync();

        server.IsInMemory.Should().BeFalse();
    }

    [Theory]
    [InlineData("/proc")]
    [InlineData("/no/such/folder")]
    public void Folder_that_is_not_in_memory_is_not_taken(string folder) => MemoryFolder.Find(folder).Should().BeNull();

    [Fact]
    public async Task Memory_together_with_a_folder_is_refused()
    {
        var start = () => LocalPostgres.StartAsync(new() { InMemory = true, Folder = "/anywhere" });

        await start.Should().ThrowAsync<ArgumentException>().WithMessage("*Folder*");
    }

    [Fact]
    public async Task Folder_in_memory_of_an_owner_that_is_gone_is_removed_at_the_next_start()
    {
        using var gone = System.Diagnostics.Process.Start("/bin/sh", "-c true")!;
        await gone.WaitForExitAsync();
        var abandoned = Directory.CreateDirectory(
            Path.Combine(MemoryFolder.Find() ?? Path.GetTempPath(), $"extenddb-pg-{gone.Id}-{Guid.NewGuid():N}"));
        await (await ServerUser.FindAsync(default)).TakeOverAsync(abandoned.FullName, default);

        await using var server = await LocalPostgres.StartAsync();

        Directory.Exists(abandoned.FullName).Should().BeFalse();
    }
}
