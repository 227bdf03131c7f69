using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.AspNetCore;

/// <summary>Checks the options of the endpoint by their annotations; the compiler writes the checks.</summary>
[OptionsValidator]
internal sealed partial class ExtendDbEndpointOptionsRanges : IValidateOptions<ExtendDbEndpointOptions>;
