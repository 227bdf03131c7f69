using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.Options;

internal sealed class ExtendDbOptionsValidator : IValidateOptions<ExtendDbOptions>
{
    public ValidateOptionsResult Validate(string? name, ExtendDbOptions options) =>
        options.Problems().ToList() is [_, ..] problems
            ? ValidateOptionsResult.Fail(problems)
            : ValidateOptionsResult.Success;
}
