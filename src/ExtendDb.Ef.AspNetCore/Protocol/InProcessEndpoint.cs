using ExtendDb.Ef.Runtime;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>Answers the requests of this process, which need no signature, on the tables of one registration.</summary>
internal sealed class InProcessEndpoint
{
    private readonly IServiceProvider _services;
    private readonly DynamoDbResponder _responder;

    private InProcessEndpoint(IServiceProvider services, DynamoDbResponder responder, string region) =>
        (_services, _responder, Region) = (services, responder, region);

    /// <summary>Gets the region in the ARNs of the tables.</summary>
    public string Region { get; }

    /// <summary>Returns the endpoint on the tables of a registration.</summary>
    /// <param name="contextType">The type of the registration's context; null for the registration without a key.</param>
    /// <exception cref="InvalidOperationException">There is no such registration; the message says what to call.</exception>
    public static InProcessEndpoint Of(IServiceProvider services, Type? contextType)
    {
        var (runtime, call) = contextType is null
            ? (services.GetService<ExtendDbRuntime>(), "AddExtendDb(...)")
            : (services.GetKeyedService<ExtendDbRuntime>(contextType), CallFor(contextType));
        return runtime is null
            ? throw new InvalidOperationException($"There are no tables to use: call services.{call} too.")
            : new(
                services,
                contextType is null
                    ? services.GetRequiredService<DynamoDbResponder>()
                    : services.GetRequiredKeyedService<DynamoDbResponder>(contextType),
                runtime.Options.Region);
    }

    /// <summary>Answers a POST.</summary>
    /// <remarks>The operation does not join an ambient transaction: a request over a socket does not either.</remarks>
    public async Task AnswerAsync(HttpContext http)
    {
        http.RequestServices = _services;
        using var outside = DatabaseConnections.OutsideAmbientTransaction();
        await _responder.AnswerAsync(http, checkClaim: null);
    }

    private static string CallFor(Type contextType) =>
        contextType == typeof(ExtendDbContext) ? "AddExtendDb(connectionString)" : $"AddExtendDb<{contextType.Name}>(...)";
}
