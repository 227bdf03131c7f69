using ExtendDb.Ef.WebConsole.Access;
using ExtendDb.Ef.WebConsole.Components;
using ExtendDb.Ef.WebConsole.Components.Parts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef.WebConsole;

/// <summary>Sends the one document of the console, in which the pages run.</summary>
internal static class ConsolePage
{
    /// <summary>Sends the document; a path that is no page is told by the document.</summary>
    public static Task SendAsync(HttpContext http)
    {
        var home = HomeOf(http);
        if (http.Request.PathBase + http.Request.Path is var path && path + "/" == home)
        {
            // Links in the document are relative to the path with the slash.
            http.Response.Redirect(home + http.Request.QueryString, permanent: false);
            return Task.CompletedTask;
        }

        var token = SignInTickets.IsOf(http.User)
            ? http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http)
            : null;
        return new RazorComponentResult<ConsoleDocument>(new
        {
            Home = home,
            User = http.User.Identity?.Name,
            TokenName = token?.FormFieldName,
            Token = token?.RequestToken,
        }).ExecuteAsync(http);
    }

    /// <summary>Returns the path of the console in the application, with a slash at its end.</summary>
    public static string HomeOf(HttpContext http)
    {
        var own = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.PathSegments
            .TakeWhile(segment => segment.IsSimple && segment.Parts[0].IsLiteral)
            .Select(segment => ((RoutePatternLiteralPart)segment.Parts[0]).Content)
            .ToList() ?? [];
        if (own.Count > 0 && own[^1] is "sign-in" or "sign-out" or LazyHub.Path)
        {
            own.RemoveAt(own.Count - 1);
        }

        return http.Request.PathBase + "/" + string.Concat(own.Select(segment => segment + "/"));
    }
}
