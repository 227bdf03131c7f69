using System.CommandLine;
using ExtendDb.Ef.Server.Demo;

namespace ExtendDb.Ef.Server.Commands;

internal static class DemoCommand
{
    public static Command Create()
    {
        var scan = new Option<DirectoryInfo>("--scan")
        {
            Description = "The folder whose files are cataloged; by default that of the .NET SDK.",
            DefaultValueFactory = _ => DotnetFolder(),
        };
        scan.AcceptExistingOnly();
        var items = new Option<int?>("--items") { Description = "The most files to catalog; all without it." };
        items.Between(1, int.MaxValue);
        var command = new Command(
            "demo",
            "Catalog real files in a table with three global indexes, while the worker is killed half-way, and verify.")
        {
            scan,
            items,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
            var demo = new DemoRun(database, parsed.GetValue(scan)!, parsed.GetValue(items));
            return await demo.RunAsync(cancellationToken) ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    // The runtime is in shared/Microsoft.NETCore.App/<version> below the folder of the SDK.
    private static DirectoryInfo DotnetFolder() =>
        new(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..")));
}
