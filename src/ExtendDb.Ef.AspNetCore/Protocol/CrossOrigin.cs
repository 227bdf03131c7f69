using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>Tells browsers which web pages may call the endpoint. Source: Fetch standard, CORS protocol.</summary>
internal sealed class CrossOrigin
{
    // As long as DynamoDB lets a browser remember the response to its question.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(2);

    private readonly ICorsService _cors;
    private readonly CorsPolicy? _ofLocalRequests;
    private readonly CorsPolicy? _ofOthers;

    public CrossOrigin(IOptions<ExtendDbEndpointOptions> options, ICorsService cors)
    {
        _cors = cors;
        _ofOthers = options.Value.AllowedOrigins is { } listed ? PolicyOf(listed) : null;
        _ofLocalRequests = options.Value.AllowedOrigins is null ? PolicyFor(IsLoopback) : _ofOthers;
    }

    /// <summary>Adds the headers by which a browser lets a web page see the response.</summary>
    public void Allow(HttpContext http)
    {
        if (http.Request.Headers.Origin.Count > 0
            && (LocalRequest.Is(http) ? _ofLocalRequests : _ofOthers) is { } policy)
        {
            _cors.ApplyResult(_cors.EvaluatePolicy(http, policy), http.Response);
        }
    }

    /// <summary>Answers a browser that asks whether a web page may call the endpoint.</summary>
    public Task AnswerPreflightAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        Allow(http);
        return Task.CompletedTask;
    }

    private static CorsPolicy? PolicyOf(IList<string> origins)
    {
        var allowed = origins.Select(origin => origin.TrimEnd('/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return allowed.Count == 0 ? null : PolicyFor(allowed.Contains);
    }

    private static CorsPolicy PolicyFor(Func<string, bool> isAllowed) => new CorsPolicyBuilder()
        .SetIsOriginAllowed(isAllowed)
        .AllowAnyHeader()
        .WithMethods(HttpMethods.Post, HttpMethods.Get)
        .WithExposedHeaders(RequestId.Header, ResponseBody.ChecksumHeader)
        .SetPreflightMaxAge(Remembered)
        .Build();

    // A file has no host either, and anybody may have sent it.
    private static bool IsLoopback(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && (page.Scheme == Uri.UriSchemeHttp || page.Scheme == Uri.UriSchemeHttps)
        && (page.IsLoopback || page.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));
}
