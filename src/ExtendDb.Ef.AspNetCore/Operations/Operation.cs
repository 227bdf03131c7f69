using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ExtendDb.Ef.AspNetCore.Errors;
using ExtendDb.Ef.AspNetCore.Json;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using Microsoft.AspNetCore.Http;

namespace ExtendDb.Ef.AspNetCore.Operations;

/// <summary>One operation of the protocol: reads a request, runs it, writes its answer.</summary>
internal abstract class Operation(string name)
{
    /// <summary>Gets the name, as X-Amz-Target has it behind the version.</summary>
    public string Name { get; } = name;

    /// <summary>Runs the operation.</summary>
    /// <param name="http">The request; its headers, not its body.</param>
    /// <param name="body">The body, unpacked.</param>
    /// <param name="words">Takes words of the request that DynamoDB does not know.</param>
    /// <param name="answer">Takes the JSON of the answer.</param>
    /// <exception cref="DynamoDbException">The request was refused, or failed.</exception>
    public abstract Task RunAsync(
        HttpContext http, ReadOnlyMemory<byte> body, UnknownWords words, IBufferWriter<byte> answer);
}

/// <summary>An operation with the records that the domain layer has for it.</summary>
/// <param name="name">The name.</param>
/// <param name="run">Runs a request; null is an answer without a body.</param>
internal sealed class Operation<TRequest, TResponse>(
    string name, Func<HttpContext, TRequest, CancellationToken, Task<TResponse>> run) : Operation(name)
    where TRequest : class
{
    private readonly JsonTypeInfo<TRequest> _request = WireContract.Of<TRequest>();
    private readonly JsonTypeInfo<TResponse> _response = WireContract.Of<TResponse>();

    public override async Task RunAsync(
        HttpContext http, ReadOnlyMemory<byte> body, UnknownWords words, IBufferWriter<byte> answer)
    {
        var request = words.Collect(() => Read(body.Span));
        var response = await run(http, request, http.RequestAborted);
        if (response is null)
        {
            // An operation that answers nothing has an empty body: SDKs do not read it, and take its checksum.
            return;
        }

        await using var writer = new Utf8JsonWriter(answer, AttributeJson.WriterOptions);
        JsonSerializer.Serialize(writer, response, _response);
    }

    private TRequest Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, _request)
                ?? throw new SerializationException("The request is null");
        }
        catch (JsonException wrong)
        {
            throw new SerializationException(MessageOf(wrong), wrong);
        }
    }

    // What the serializer says names types of .NET; what its reader says is of the syntax.
    private static string MessageOf(JsonException wrong) => wrong switch
    {
        UnexpectedJsonException => wrong.Message,
        { InnerException: JsonException syntax } => $"The request is not JSON: {syntax.Message}",
        _ => $"Unexpected value type in payload, or a member that is given twice: {wrong.Path}",
    };
}
