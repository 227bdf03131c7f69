using System.Diagnostics;
using System.Globalization;
using ExtendDb.Ef.Local;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

/// <summary>A folder for a persistent server, with what a test needs to look behind it; deleted at the end.</summary>
internal sealed class TestFolder(string ending = "") : IDisposable
{
    internal string Path { get; } =
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"extenddb-test-{Guid.NewGuid():N}{ending}");

    internal Task<LocalPostgres> StartAsync(bool fsync = false) =>
        LocalPostgres.StartAsync(new LocalPostgresOptions { Folder = Path, Fsync = fsync });

    /// <summary>The folder that a server of the installed version gets in this one, whether it exists or not.</summary>
    internal async Task<ServerFolder> ServerFolderAsync()
    {
        var binaries = PostgresBinaries.Find(givenFolder: null);
        var user = await ServerUser.FindAsync(default);
        return await ServerFolder.OpenPersistentAsync(Path, await binaries.MajorVersionAsync(default), user, default);
    }

    internal static string DataOf(LocalPostgres server) => System.IO.Path.Combine(server.Folder, "data");

    /// <summary>The process of the server that runs on a data folder.</summary>
    internal static PostmasterPid ProcessOf(LocalPostgres server) => PostmasterPid.Read(DataOf(server))!;

    internal static bool Runs(PostmasterPid process, string data) => process.Look(data) == ProcessState.Ours;

    /// <summary>Takes from a server those who would stop it; their files stay, as after a crash.</summary>
    internal static async Task KillSupervisorsAsync(LocalPostgres server)
    {
        foreach (var client in Directory.GetFiles(System.IO.Path.Combine(server.Folder, "clients")))
        {
            await KillAsync(int.Parse(System.IO.Path.GetFileName(client), CultureInfo.InvariantCulture));
        }
    }

    internal static async Task KillAsync(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(TestDeadline.Usual);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
