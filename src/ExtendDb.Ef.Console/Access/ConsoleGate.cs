using System.Security.Claims;
using ExtendDb.Ef.AspNetCore.Protocol;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.WebConsole.Access;

/// <summary>Lets in the requests for the console: by the application's policy, by a sign-in, or from this machine alone.</summary>
internal sealed class ConsoleGate(IOptions<ExtendDbConsoleOptions> options, SignInTickets tickets)
{
    /// <summary>Marks what a user needs before signing in: the sign-in itself, and files that everybody may know.</summary>
    public static readonly object Public = new PublicMark();

    // Blazor sets the positions of elements by style attributes. No script and no sheet comes from elsewhere, and none is in the page.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    private readonly bool _signsIn = options.Value.AccessKeys is not null;

    /// <summary>Puts the gate before an endpoint, whatever its kind: a page, a file or the WebSocket.</summary>
    public void Guard(EndpointBuilder endpoint)
    {
        var guarded = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http => AnswerAsync(http, guarded);
    }

    private Task AnswerAsync(HttpContext http, RequestDelegate guarded)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (IsOfAnotherPage(http.Request))
        {
            return RefuseAsync(http, StatusCodes.Status403Forbidden, "The console answers only its own pages.");
        }

        var metadata = http.GetEndpoint()!.Metadata;
        var hasPolicy = metadata.GetMetadata<IAllowAnonymous>() is null
            && (metadata.GetMetadata<IAuthorizeData>() is not null || metadata.GetMetadata<AuthorizationPolicy>() is not null);
        if (hasPolicy)
        {
            // The authorization middleware has let the request in; without that middleware the routing refuses to run the endpoint.
            return guarded(http);
        }

        if (!_signsIn)
        {
            return LocalRequest.Is(http)
                ? guarded(http)
                : RefuseAsync(
                    http,
                    StatusCodes.Status403Forbidden,
                    "The console answers only this machine, without a proxy, unless a sign-in is configured: access keys, or an "
                    + "authorization policy of the application.");
        }

        if (tickets.Read(http) is { } user)
        {
            http.User = user;
            return guarded(http);
        }

        if (metadata.GetMetadata<PublicMark>() is not null)
        {
            return guarded(http);
        }

        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            http.Response.Redirect(ConsolePage.HomeOf(http) + "sign-in");
            return Task.CompletedTask;
        }

        return RefuseAsync(http, StatusCodes.Status401Unauthorized, "Sign in to use the console.");
    }

    // Browsers let every page open a WebSocket to every server, and post forms to it; they say which page it was.
    private static bool IsOfAnotherPage(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && page.Authority.Equals(Authority(request, page.Scheme), StringComparison.OrdinalIgnoreCase));

    // As Uri shows it: without the port that the scheme implies.
    private static string Authority(HttpRequest request, string scheme) =>
        Uri.TryCreate($"{scheme}://{request.Host.Value}", UriKind.Absolute, out var own) ? own.Authority : string.Empty;

    private static Task RefuseAsync(HttpContext http, int status, string why)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(why + "\n", http.RequestAborted);
    }

    private sealed class PublicMark;
}
