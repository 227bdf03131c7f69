using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Consumers;
using ExtendDb.Ef.Hosting;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

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

    /// <summary>Adds a consumer of a table's stream, which this process runs together with all others that add it.</summary>
    /// <typeparam name="THandler">
    /// The handler, which implements <see cref="IStreamHandler{TContext}"/> for the registration's context; a scoped service.
    /// </typeparam>
    /// <param name="name">The name of the consumer, under which the database keeps its places.</param>
    /// <param name="configure">Chooses the table, and changes the options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the handler is for another context.</exception>
    /// <exception cref="InvalidOperationException">The application has added a consumer of this name already.</exception>
    /// <remarks>
    /// The effect of a record in the database of the context, and the place behind it, are committed by one transaction, so each
    /// record counts exactly once. One process at a time handles the records of a shard. The host does not start when the database
    /// knows the consumer with another table or other settings. A handler that writes to the table of its own stream gets the
    /// records of what it writes.
    /// </remarks>
    public ExtendDbBuilder AddStreamConsumer<
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.Interfaces)] THandler>(
        string name, Action<StreamConsumerOptions> configure)
        where THandler : class, IStreamHandler
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        if (!typeof(THandler).GetInterfaces().Any(implemented => implemented.IsGenericType
            && implemented.GetGenericTypeDefinition() == typeof(IStreamHandler<>)
            && implemented.GenericTypeArguments[0].IsAssignableFrom(ContextType)))
        {
            throw new ArgumentException(
                $"{typeof(THandler).Name} does not implement IStreamHandler<{ContextType.Name}>.", nameof(THandler));
        }

        if (Services.Any(service => service.ImplementationInstance is ConsumerRegistration added
            && added.Name == name && added.ContextType == ContextType))
        {
            throw new InvalidOperationException($"The stream consumer {name} is added twice.");
        }

        var options = new StreamConsumerOptions();
        configure(options);
        _ = options.TableName;
        var consumer = new ConsumerRegistration(
            name, ContextType, options, CreateContext, static scope => scope.GetRequiredService<THandler>());
        Services.TryAddScoped<THandler>();
        Services.AddSingleton(consumer);
        Services.AddSingleton<IHostedService>(provider => new ConsumerWorker(
            provider.GetRequiredKeyedService<ExtendDbRuntime>(consumer.ContextType),
            consumer,
            provider,
            provider.GetService<ILogger<ConsumerWorker>>() ?? NullLogger<ConsumerWorker>.Instance));
        return this;
    }
}
