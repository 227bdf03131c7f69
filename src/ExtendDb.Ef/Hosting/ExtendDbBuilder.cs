using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef;

/// <summary>The registration that AddExtendDb returns, to which other packages and further options are added.</summary>
public sealed class ExtendDbBuilder
{
    private readonly Func<IServiceProvider, DbContext> _createContext;

    internal ExtendDbBuilder(
        IServiceCollection services, Type contextType, string optionsName, Func<IServiceProvider, DbContext> createContext)
    {
        _createContext = createContext;
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

    /// <summary>Creates a context of the registration.</summary>
    /// <param name="services">The services of the application, built from <see cref="Services"/>.</param>
    /// <returns>A context of type <see cref="ContextType"/>, which the caller disposes of.</returns>
    public DbContext CreateContext(IServiceProvider services) => _createContext(services);

    /// <summary>Changes the options of the registration, after all changes that were added before.</summary>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The same builder.</returns>
    public ExtendDbBuilder Configure(Action<ExtendDbOptions> configure)
    {
        Services.Configure(OptionsName, configure);
        return this;
    }
}
