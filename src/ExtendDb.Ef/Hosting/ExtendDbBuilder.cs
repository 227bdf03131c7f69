using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef;

/// <summary>A registration of ExtendDb, which AddExtendDb returns: other packages and further options build on it.</summary>
public sealed class ExtendDbBuilder
{
    internal ExtendDbBuilder(IServiceCollection services, Type contextType, string optionsName)
    {
        Services = services;
        ContextType = contextType;
        OptionsName = optionsName;
    }

    /// <summary>Gets the application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Gets the type of the registration's context, which is the key of its <see cref="IExtendDb"/>.</summary>
    public Type ContextType { get; }

    /// <summary>Gets the name of the registration's <see cref="ExtendDbOptions"/>; the empty name for <see cref="ExtendDbContext"/>.</summary>
    public string OptionsName { get; }

    /// <summary>Changes the options of the registration, after the changes before.</summary>
    /// <param name="configure">The change.</param>
    /// <returns>The same builder.</returns>
    public ExtendDbBuilder Configure(Action<ExtendDbOptions> configure)
    {
        Services.Configure(OptionsName, configure);
        return this;
    }
}
