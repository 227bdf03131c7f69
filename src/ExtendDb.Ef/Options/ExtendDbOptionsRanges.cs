using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.Options;

/// <summary>Checks the options of a process by their annotations; the compiler writes the checks.</summary>
[OptionsValidator]
internal sealed partial class ExtendDbOptionsRanges : IValidateOptions<ExtendDbOptions>;
