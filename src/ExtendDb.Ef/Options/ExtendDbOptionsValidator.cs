using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.Options;

/// <summary>Checks the options of a process: each value by its annotations, and values that depend on each other.</summary>
internal sealed class ExtendDbOptionsValidator : IValidateOptions<ExtendDbOptions>
{
    private static readonly ExtendDbOptionsRanges Ranges = new();
    private static readonly TableBackpressureOptionsRanges TableRanges = new();

    public static ExtendDbOptionsValidator Instance { get; } = new();

    public ValidateOptionsResult Validate(string? name, ExtendDbOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.AddResult(Ranges.Validate(name, options));
        foreach (var (table, own) in options.Backpressure.Tables)
        {
            result.AddResult(TableRanges.Validate($"{nameof(ExtendDbOptions.Backpressure)}.Tables[{table}]", own));
        }

        var worker = options.Propagation;
        if (worker.MinPollInterval > worker.MaxPollInterval)
        {
            result.AddError(
                $"{worker.MinPollInterval} is longer than MaxPollInterval, which is {worker.MaxPollInterval}.",
                "Propagation.MinPollInterval");
        }

        return result.Build();
    }
}
