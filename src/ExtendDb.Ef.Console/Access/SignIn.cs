using ExtendDb.Ef.WebConsole.Components.Parts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.WebConsole.Access;

/// <summary>Shows the form in which a user signs in with an access key, takes it, and signs the user out.</summary>
internal static class SignIn
{
    private const int LongestField = 512;

    /// <summary>Shows the form.</summary>
    public static Task ShowAsync(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<IOptions<ExtendDbConsoleOptions>>().Value.AccessKeys is null)
        {
            http.Response.Redirect(ConsolePage.HomeOf(http));
            return Task.CompletedTask;
        }

        return ShowAsync(http, problem: null);
    }

    /// <summary>Takes the form.</summary>
    public static async Task AcceptAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var tickets = services.GetRequiredService<SignInTickets>();
        var failed = services.GetRequiredService<FailedSignIns>();
        if (await FormAsync(http) is not { } form)
        {
            return;
        }

        var address = http.Connection.RemoteIpAddress;
        if (!failed.MayTry(address))
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            await ShowAsync(http, "Too many sign-ins have failed. Try again in a minute.");
            return;
        }

        string id = form["id"].ToString().Trim(), secret = form["secret"].ToString();
        if (id.Length > LongestField || secret.Length > LongestField || !tickets.IsRight(id, secret))
        {
            failed.Add(address);
            ConsoleLog.SignInFailed(Logger(services), address);
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await ShowAsync(http, "The access key and the secret do not belong together.");
            return;
        }

        tickets.Issue(http, id);
        ConsoleLog.SignedIn(Logger(services), id, address);
        http.Response.Redirect(ConsolePage.HomeOf(http));
    }

    /// <summary>Signs the user out.</summary>
    public static async Task EndAsync(HttpContext http)
    {
        if (await FormAsync(http) is not null)
        {
            SignInTickets.Delete(http);
            http.Response.Redirect(ConsolePage.HomeOf(http) + "sign-in");
        }
    }

    private static ILogger Logger(IServiceProvider services) =>
        services.GetRequiredService<ILoggerFactory>().CreateLogger("ExtendDb.Ef.Console");

    private static async Task<IFormCollection?> FormAsync(HttpContext http)
    {
        var antiforgery = http.RequestServices.GetRequiredService<IAntiforgery>();
        if (http.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(http))
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }

        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        await ShowAsync(http, "The form was not one of this console, or is too old. Try again.");
        return null;
    }

    private static Task ShowAsync(HttpContext http, string? problem)
    {
        var token = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return new RazorComponentResult<SignInDocument>(new
        {
            Home = ConsolePage.HomeOf(http),
            Problem = problem,
            TokenName = token.FormFieldName,
            Token = token.RequestToken,
        })
        {
            StatusCode = http.Response.StatusCode,
        }.ExecuteAsync(http);
    }
}
