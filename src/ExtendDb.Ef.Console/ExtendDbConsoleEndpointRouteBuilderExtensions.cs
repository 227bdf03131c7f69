using ExtendDb.Ef.WebConsole;
using ExtendDb.Ef.WebConsole.Access;
using ExtendDb.Ef.WebConsole.Assets;
using ExtendDb.Ef.WebConsole.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the console to a path of an application.</summary>
public static class ExtendDbConsoleEndpointRouteBuilderExtensions
{
    /// <summary>Maps the console to a path of the application.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path, without parameters.</param>
    /// <returns>
    /// The builder of all endpoints of the console, its WebSocket included. With <c>RequireAuthorization(policy)</c> the policy
    /// decides who may use the console, and from which machine.
    /// </returns>
    /// <exception cref="InvalidOperationException">The services of AddExtendDbConsole are missing.</exception>
    public static IEndpointConventionBuilder MapExtendDbConsole(
        this IEndpointRouteBuilder endpoints, string pattern = "/console")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var gate = endpoints.ServiceProvider.GetService<ConsoleGate>()
            ?? throw new InvalidOperationException("Call services.AddExtendDbConsole() before MapExtendDbConsole().");
        var group = endpoints.MapGroup(pattern);
        group.Map(LazyHub.Path + "/{**rest}", new LazyHub(endpoints.ServiceProvider).AnswerAsync);
        foreach (var asset in ConsoleAsset.All)
        {
            group.MapGet(asset.Path, asset.SendAsync).WithMetadata(ConsoleGate.Public);
        }

        group.MapGet("sign-in", SignIn.ShowAsync).WithMetadata(ConsoleGate.Public);
        group.MapPost("sign-in", SignIn.AcceptAsync).WithMetadata(ConsoleGate.Public);
        group.MapPost("sign-out", SignIn.EndAsync);
        group.MapGet("{**path}", ConsolePage.SendAsync);
        ((IEndpointConventionBuilder)group).Add(gate.Guard);
        return group;
    }
}
