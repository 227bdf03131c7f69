using System.Buffers;
using System.Text.Json;
using ExtendDb.Ef.AspNetCore.Errors;
using ExtendDb.Ef.AspNetCore.Json;
using ExtendDb.Ef.AspNetCore.Operations;
using ExtendDb.Ef.AspNetCore.Telemetry;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>Answers requests: finds the operation, reads the body, runs the operation, sends the response.</summary>
/// <param name="contextType">
/// The service key of the <see cref="IExtendDb"/> on which the operations run; null for that without a key.
/// </param>
internal sealed class DynamoDbResponder(
    Type? contextType,
    TimeProvider time,
    RequestQueue queue,
    EndpointMetrics metrics,
    ILogger<DynamoDbEndpoint> logger)
{
    private const string Target = "X-Amz-Target";
    private const string Unknown = "unknown";
    private const string Unavailable = "unavailable";

    private readonly RepeatedFailures _unavailable = new(time);
    private readonly RepeatedFailures _failures = new(time);

    /// <summary>Answers a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="checkClaim">
    /// Refuses a caller as far as that needs no body, and returns what checks the body, or null; null lets all in.
    /// </param>
    public async Task AnswerAsync(HttpContext http, Func<HttpContext, Action<ReadOnlySequence<byte>>?>? checkClaim)
    {
        var began = time.GetTimestamp();
        var id = RequestId.Next();
        http.Response.Headers[RequestId.Header] = id;
        using var answer = new PooledBuffer();
        var words = new UnknownEnumValues();
        var operation = OperationTable.Find(http.Request.Headers[Target].ToString());
        var name = operation?.Name ?? Unknown;
        DynamoDbException? error = null;
        try
        {
            await RunAsync(operation, http, checkClaim, words, answer);
            if (_unavailable.IsFailing && _unavailable.End(Unavailable) is { } ended)
            {
                EndpointLog.AvailableAgain(logger, ended.Count, (int)ended.For.TotalSeconds);
            }
        }
        catch (ThrottlingException throttled)
        {
            error = throttled;
            EndpointLog.Throttled(logger, name, id);
        }
        catch (InternalServerErrorException unreadable)
        {
            error = unreadable;
            LogFailed(name, id, unreadable);
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
        catch (Exception passing) when (IsCausedBy(passing, SqlErrors.IsTransient))
        {
            error = new ServiceUnavailableException(passing);
            LogUnavailable(name, id, passing);
        }
        catch (Exception denied) when (IsCausedBy(denied, IsDenial))
        {
            error = AccessDeniedException.OfRole(denied);
            LogFailed(name, id, denied);
        }
        catch (Exception unexpected) when (unexpected is not BadHttpRequestException)
        {
            error = new InternalServerErrorException("The request failed; the server's log says why", unexpected);
            LogFailed(name, id, unexpected);
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

    // An outage of the database meets every request.
    private void LogUnavailable(string operation, string id, Exception failure)
    {
        var occurrence = _unavailable.Add(Unavailable);
        if (occurrence.IsFirst)
        {
            EndpointLog.Unavailable(logger, operation, id, failure);
        }
        else
        {
            EndpointLog.UnavailableAgain(logger, operation, id, failure.Message);
        }

        if (occurrence.IsDue)
        {
            EndpointLog.StillUnavailable(logger, occurrence.Count, (int)occurrence.For.TotalSeconds, failure.Message);
        }
    }

    private void LogFailed(string operation, string id, Exception failure)
    {
        if (_failures.Add($"{operation} {failure.GetType()}").IsFirst)
        {
            EndpointLog.Failed(logger, operation, id, failure);
        }
        else
        {
            EndpointLog.FailedAgain(logger, operation, id, failure.Message);
        }
    }

    private async Task RunAsync(
        Operation? operation,
        HttpContext http,
        Func<HttpContext, Action<ReadOnlySequence<byte>>?>? checkClaim,
        UnknownEnumValues words,
        PooledBuffer answer)
    {
        if (operation is null)
        {
            var target = http.Request.Headers[Target].ToString();
            throw new UnknownOperationException(target.Length == 0
                ? $"The request has no {Target}"
                : $"There is no operation {target}");
        }

        var verify = checkClaim?.Invoke(http);
        using var sent = new PooledBuffer();
        using var unpacked = new PooledBuffer();
        await RequestBody.ReadAsync(http, sent);
        verify?.Invoke(new ReadOnlySequence<byte>(sent.Written));
        var body = await RequestBody.UnpackAsync(http, sent, unpacked);
        using var turn = await queue.EnterAsync(http.RequestAborted);
        await operation.RunAsync(ExtendDbOf(http.RequestServices), http, body, words, answer);
    }

    private IExtendDb ExtendDbOf(IServiceProvider services) => contextType is null
        ? services.GetRequiredService<IExtendDb>()
        : services.GetRequiredKeyedService<IExtendDb>(contextType);

    // EF wraps the exception of its provider.
    private static bool IsCausedBy(Exception? exception, Func<Exception, bool> cause) =>
        exception is not null && (cause(exception) || IsCausedBy(exception.InnerException, cause));

    private static bool IsDenial(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege };
}
