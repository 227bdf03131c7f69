using System.Buffers;
using System.Text;
using System.Text.Json;
using ExtendDb.Ef.AspNetCore.Errors;
using ExtendDb.Ef.AspNetCore.Json;
using ExtendDb.Ef.AspNetCore.Operations;
using ExtendDb.Ef.AspNetCore.Signing;
using ExtendDb.Ef.AspNetCore.Telemetry;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>
/// Handles requests: finds the operation, checks the signature, reads the body, runs the operation, sends the response.
/// </summary>
internal sealed class DynamoDbEndpoint(
    IOptions<ExtendDbEndpointOptions> options,
    TimeProvider time,
    CrossOrigin crossOrigin,
    RequestQueue queue,
    EndpointMetrics metrics,
    ILogger<DynamoDbEndpoint> logger)
{
    private const string Target = "X-Amz-Target";
    private const string Version = "DynamoDB_20120810.";
    private const string Unknown = "unknown";

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
    public async Task AnswerAsync(HttpContext http)
    {
        var began = time.GetTimestamp();
        var id = RequestId.Next();
        http.Response.Headers[RequestId.Header] = id;
        crossOrigin.Allow(http);
        using var answer = new PooledBuffer();
        var words = new UnknownEnumValues();
        var operation = Find(http);
        var name = operation?.Name ?? Unknown;
        DynamoDbException? error = null;
        try
        {
            await RunAsync(operation, http, words, answer);
        }
        catch (ThrottlingException throttled)
        {
            error = throttled;
            EndpointLog.Throttled(logger, name, id);
        }
        catch (DynamoDbException refusal)
        {
            error = refusal;
            EndpointLog.Refused(logger, name, id, refusal.ErrorCode);
        }
        catch (Exception gone) when (http.RequestAborted.IsCancellationRequested || gone is ConnectionResetException)
        {
            // The client no longer waits for a response.
            EndpointLog.Refused(logger, name, id, gone.GetType().Name);
            return;
        }
        catch (Exception passing) when (IsTransient(passing))
        {
            error = new ServiceUnavailableException(passing);
            EndpointLog.Unavailable(logger, name, id, passing);
        }
        catch (Exception unexpected) when (unexpected is not BadHttpRequestException)
        {
            error = new InternalServerErrorException("The request failed; the server's log says why", unexpected);
            EndpointLog.Failed(logger, name, id, unexpected);
        }

        if (error is not null)
        {
            answer.Clear();
            await using var writer = new Utf8JsonWriter(answer, AttributeJson.WriterOptions);
            JsonSerializer.Serialize(
                writer, ErrorResponse.Of(error, words.PutBack(error.Message)), WireContract.Of<ErrorResponse>());
        }

        await ResponseBody.SendAsync(http, error is null ? StatusCodes.Status200OK : ErrorResponse.StatusOf(error), answer);
        metrics.Answered(name, error?.ErrorCode ?? "none", time.GetElapsedTime(began));
    }

    private static Operation? Find(HttpContext http)
    {
        var target = http.Request.Headers[Target].ToString();
        return target.StartsWith(Version, StringComparison.Ordinal) ? OperationTable.Find(target[Version.Length..]) : null;
    }

    private async Task RunAsync(Operation? operation, HttpContext http, UnknownEnumValues words, PooledBuffer answer)
    {
        if (operation is null)
        {
            var target = http.Request.Headers[Target].ToString();
            throw new UnknownOperationException(target.Length == 0
                ? $"The request has no {Target}"
                : $"There is no operation {target}");
        }

        var verify = CheckClaim(http);
        using var sent = new PooledBuffer();
        using var unpacked = new PooledBuffer();
        await RequestBody.ReadAsync(http, sent);
        verify?.Invoke(new ReadOnlySequence<byte>(sent.Written));
        var body = await RequestBody.UnpackAsync(http, sent, unpacked);
        using var turn = await queue.EnterAsync(http.RequestAborted);
        await operation.RunAsync(http, body, words, answer);
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
            throw new AccessDeniedException();
        }

        return http.Request.Headers.Authorization.Count > 0 || http.Request.Query.ContainsKey("X-Amz-Algorithm")
            ? null
            : throw new MissingAuthenticationTokenException();
    }

    // EF wraps the exception of its provider.
    private static bool IsTransient(Exception? exception) =>
        exception is not null && (SqlErrors.IsTransient(exception) || IsTransient(exception.InnerException));

    private static string RawPath(HttpContext http)
    {
        // The target as it was sent, because the signature covers that.
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }
}
