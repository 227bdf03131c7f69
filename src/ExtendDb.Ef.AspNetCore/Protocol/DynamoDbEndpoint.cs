using System.Buffers;
using System.Text;
using ExtendDb.Ef.AspNetCore.Errors;
using ExtendDb.Ef.AspNetCore.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>Lets in the requests that an application receives, by their signature, machine and web page.</summary>
internal sealed class DynamoDbEndpoint(
    IOptions<ExtendDbEndpointOptions> options,
    TimeProvider time,
    CrossOrigin crossOrigin,
    DynamoDbResponder responder)
{
    private readonly SignatureVerifier? _signatures =
        options.Value.AccessKeys is { } keys ? new(keys, time) : null;

    private readonly bool _answersAll = options.Value.AnyCredentials;

    /// <summary>Answers a GET as DynamoDB does.</summary>
    public static Task AnswerAliveAsync(HttpContext http)
    {
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync($"healthy: {http.Request.Host.Host} ", Encoding.UTF8, http.RequestAborted);
    }

    /// <summary>Answers a POST.</summary>
    public Task AnswerAsync(HttpContext http)
    {
        crossOrigin.Allow(http);
        return responder.AnswerAsync(http, CheckClaim);
    }

    /// <summary>
    /// Checks the claimed signature as far as it goes without the body; returns its verifier, or null when none is
    /// required.
    /// </summary>
    private Action<ReadOnlySequence<byte>>? CheckClaim(HttpContext http)
    {
        if (_signatures is not null)
        {
            return _signatures.CheckClaim(new(
                http.Request.Method,
                RawPath(http),
                http.Request.QueryString.Value?.TrimStart('?') ?? string.Empty,
                http.Request.Headers,
                ReadOnlySequence<byte>.Empty));
        }

        if (!_answersAll && !LocalRequest.Is(http))
        {
            throw AccessDeniedException.OfOtherMachine();
        }

        return http.Request.Headers.Authorization.Count > 0 || http.Request.Query.ContainsKey("X-Amz-Algorithm")
            ? null
            : throw new MissingAuthenticationTokenException();
    }

    private static string RawPath(HttpContext http)
    {
        // The target as it was sent, because the signature covers that.
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }
}
