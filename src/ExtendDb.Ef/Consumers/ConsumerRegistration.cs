using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Consumers;

/// <summary>A consumer as the application has registered it.</summary>
/// <param name="Name">The name.</param>
/// <param name="ContextType">The context of the registration.</param>
/// <param name="Options">The options.</param>
/// <param name="CreateContext">Creates a context.</param>
/// <param name="CreateHandler">Creates a handler.</param>
internal sealed record ConsumerRegistration(
    string Name,
    Type ContextType,
    StreamConsumerOptions Options,
    Func<IServiceProvider, DbContext> CreateContext,
    Func<IServiceProvider, IStreamHandler> CreateHandler);
