using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.Options;

/// <summary>
/// The options of one registration: the application's options for all registrations, then its own changes.
/// </summary>
/// <remarks>
/// <c>services.Configure&lt;ExtendDbOptions&gt;(…)</c> applies to every registration; the delegate of AddExtendDb
/// applies to that registration alone.
/// </remarks>
/// <param name="name">The name of the options of the registration.</param>
/// <param name="configure">The changes of the registration; null for none.</param>
internal sealed class RegistrationOptions(string name, IServiceProvider services, Action<ExtendDbOptions>? configure)
    : IConfigureNamedOptions<ExtendDbOptions>
{
    public void Configure(ExtendDbOptions options) => Configure(Microsoft.Extensions.Options.Options.DefaultName, options);

    public void Configure(string? optionsName, ExtendDbOptions options)
    {
        if (optionsName != name)
        {
            return;
        }

        if (name != Microsoft.Extensions.Options.Options.DefaultName)
        {
            foreach (var all in services.GetServices<IConfigureOptions<ExtendDbOptions>>())
            {
                if (all is not RegistrationOptions)
                {
                    all.Configure(options);
                }
            }
        }

        configure?.Invoke(options);
    }
}
