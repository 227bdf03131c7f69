using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.WebConsole;

/// <summary>Checks the options of the console by their annotations; the compiler writes the checks.</summary>
[OptionsValidator]
internal sealed partial class ExtendDbConsoleOptionsRanges : IValidateOptions<ExtendDbConsoleOptions>;
