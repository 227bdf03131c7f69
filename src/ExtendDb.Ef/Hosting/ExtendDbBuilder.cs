using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef;

/// <summary>The registration that AddExtendDb returns, to which other packages and further options are added.</summary>
public sealed class ExtendDbBuilder
{
    internal ExtendDbBuilder(IServiceCollection services, Type contextType, string optionsName)
    {
        Services = services;
        ContextType = contextType;
        OptionsName = optionsName;
    }

    /// <summary>Gets the service collection of the application.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Gets the type of the registration's context, which is also the service key of its <see cref="IExtendDb"/>.
    /// </summary>
    public Type ContextType { get; }

    /// <summary>
    /// Gets the name of the registration's <see cref="ExtendDbOptions"/>; the empty name for
    /// <see cref="ExtendDbContext"/>.
    /// </summary>
    public string OptionsName { get; }

    /// <summary>Changes the options of the registration, after all changes that were added before.</summary>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The same builder.</returns>
    public ExtendDbBuilder Configure(Action<ExtendDbOptions> configure)
    {
        Services.Configure(OptionsName, configure);
        return this;
    }
}
