using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.Options;

/// <summary>Checks the options of one table by their annotations; the compiler writes the checks.</summary>
[OptionsValidator]
internal sealed partial class TableBackpressureOptionsRanges : IValidateOptions<TableBackpressureOptions>;
