using System.CommandLine;
using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Server.Commands;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>The options that the commands verify and repair share.</summary>
internal sealed class VerifyOptions
{
    private readonly IndexSelection _indexes;

    private readonly Option<int?> _rate = new("--rate") { Description = "Compare so many items a second at most." };

    private readonly Option<FileInfo?> _resume = new("--resume")
    {
        Description = "Keep the place in this file, and go on from there when it exists; it is deleted at the end.",
    };

    public VerifyOptions(Command command)
    {
        _indexes = new(command);
        _rate.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int?>() is <= 0)
            {
                given.AddError("--rate is 1 at least.");
            }
        });
        command.Options.Add(_rate);
        command.Options.Add(_resume);
    }

    /// <summary>Runs the verification or repair with a progress bar.</summary>
    public async Task<IReadOnlyList<VerifiedIndex>> RunAsync(
        ExtendDbRuntime runtime, ParseResult parsed, bool repair, CancellationToken cancellationToken)
    {
        var indexes = await _indexes.FindAsync(runtime, parsed, cancellationToken);
        return await ProgressBar.ShowAsync(report => new VerifyRun(runtime, indexes)
        {
            Rate = parsed.GetValue(_rate),
            ProgressFile = parsed.GetValue(_resume)?.FullName,
            Repair = repair,
            Report = report,
        }.RunAsync(cancellationToken));
    }
}
