using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ExtendDb.Ef.AspNetCore.Errors;
using ExtendDb.Ef.AspNetCore.Json;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using Microsoft.AspNetCore.Http;

namespace ExtendDb.Ef.AspNetCore.Operations;

/// <summary>An operation of the protocol: reads a request, runs it, writes its response.</summary>
internal abstract class Operation(string name)
{
    /// <summary>Gets the name of the operation, as it follows the version in X-Amz-Target.</summary>
    public string Name { get; } = name;

    /// <summary>Runs the operation.</summary>
    /// <param name="extendDb">The tables.</param>
    /// <param name="http">The request, for its headers.</param>
    /// <param name="body">The body, decompressed.</param>
    /// <param name="words">Keeps enumeration values of the request that DynamoDB does not know.</param>
    /// <param name="answer">The buffer for the JSON of the response.</param>
    /// <exception cref="DynamoDbException">The request was refused, or failed.</exception>
    public abstract Task RunAsync(
        IExtendDb extendDb, HttpContext http, ReadOnlyMemory<byte> body, UnknownEnumValues words, IBufferWriter<byte> answer);
}

/// <summary>An operation with the request and response types of the domain layer.</summary>
/// <param name="name">The name of the operation.</param>
/// <param name="run">Runs a request; a null response is sent without a body.</param>
internal sealed class Operation<TRequest, TResponse>(
    string name, Func<IExtendDb, HttpContext, TRequest, CancellationToken, Task<TResponse>> run) : Operation(name)
    where TRequest : class
{
    private readonly JsonTypeInfo<TRequest> _request = WireContract.Of<TRequest>();
    private readonly JsonTypeInfo<TResponse> _response = WireContract.Of<TResponse>();

    public override async Task RunAsync(
        IExtendDb extendDb, HttpContext http, ReadOnlyMemory<byte> body, UnknownEnumValues words, IBufferWriter<byte> answer)
    {
        var request = words.Collect(() => Read(body.Span));
        var response = await run(extendDb, http, request, http.RequestAborted);
        if (response is null)
        {
            // An operation without a response has an empty body: SDKs do not read it, and compute its checksum.
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

    // Messages of the serializer name .NET types; messages of its reader are about the syntax.
    private static string MessageOf(JsonException wrong) => wrong switch
    {
        UnexpectedJsonException => wrong.Message,
        { InnerException: JsonException syntax } => $"The request is not JSON: {syntax.Message}",
        _ => $"Unexpected value type in payload, or a member that is given twice: {wrong.Path}",
    };
}
