using System.CommandLine;
using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Server.Commands;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>The options that the commands verify and repair share.</summary>
internal sealed class VerifyOptions
{
    private const int DefaultLimit = 100;

    // The attributes of each are kept until the end: of 10,000 items of 400 KB, 8 GB.
    private const int MostDetails = 1_000;

    private readonly IndexSelection _indexes;

    private readonly Option<int?> _rate = new("--rate") { Description = "Compare so many items a second at most." };

    private readonly Option<FileInfo?> _resume = new("--resume")
    {
        Description = "Keep the place in this file, and go on from there when it exists; it is deleted at the end.",
    };

    private readonly Option<bool> _details = new("--details")
    {
        Description = "Show the divergent entries too: their kind, the key of the item, and what they hold and should hold.",
    };

    private readonly Option<int?> _limit = new("--limit")
    {
        Description = $"Show so many divergent entries at most; {DefaultLimit} by default.",
    };

    public VerifyOptions(Command command)
    {
        _indexes = new(command);
        _limit.Between(1, MostDetails);
        command.Validators.Add(given =>
        {
            if (given.GetResult(_limit) is not null && !given.GetValue(_details))
            {
                given.AddError("--limit needs --details.");
            }
        });
        _rate.Between(1, int.MaxValue);
        command.Options.Add(_rate);
        command.Options.Add(_resume);
        command.Options.Add(_details);
        command.Options.Add(_limit);
    }

    /// <summary>Returns the divergent entries for JSON; null when they are not to be shown.</summary>
    public IReadOnlyList<DivergentEntry>? Shown(IReadOnlyList<DivergentEntry> details, ParseResult parsed) =>
        parsed.GetValue(_details) ? details : null;

    /// <summary>Prints the divergent entries if they are to be shown.</summary>
    public void Print(IReadOnlyList<DivergentEntry> details, long divergent, ParseResult parsed)
    {
        if (parsed.GetValue(_details))
        {
            DivergentEntries.Print(details, divergent, Console.Out);
        }
    }

    /// <summary>Runs the verification or repair with a progress bar.</summary>
    /// <returns>The result of each index, and the first divergent entries when they are to be shown.</returns>
    public async Task<(IReadOnlyList<VerifiedIndex> Indexes, IReadOnlyList<DivergentEntry> Details)> RunAsync(
        ExtendDbRuntime runtime, ParseResult parsed, bool repair, CancellationToken cancellationToken)
    {
        var indexes = await _indexes.FindAsync(runtime, parsed, cancellationToken);
        return await ProgressBar.ShowAsync(async report =>
        {
            var run = new VerifyRun(runtime, indexes)
            {
                Rate = parsed.GetValue(_rate),
                ProgressFile = parsed.GetValue(_resume)?.FullName,
                Repair = repair,
                MostDetails = parsed.GetValue(_details) ? parsed.GetValue(_limit) ?? DefaultLimit : 0,
                Report = report,
            };
            return (await run.RunAsync(cancellationToken), run.Details);
        });
    }
}
