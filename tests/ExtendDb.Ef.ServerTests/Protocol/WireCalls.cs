using System.IO.Compression;
using System.Text;

namespace ExtendDb.Ef.ServerTests.Protocol;

/// <summary>Sends requests byte for byte as a test wants them.</summary>
internal static class WireCalls
{
    public const string ContentType = "application/x-amz-json-1.0";
    public const string Version = "DynamoDB_20120810.";
    public const string StreamsVersion = "DynamoDBStreams_20120810.";

    private static readonly string[] OfStreams = ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"];

    /// <summary>Credentials of anybody, which a server without access keys accepts.</summary>
    public const string Anybody =
        "AWS4-HMAC-SHA256 Credential=any/20260301/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

    /// <summary>Sends a request for an operation and reads its answer.</summary>
    /// <param name="http">A client that knows the server's address.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="json">The body.</param>
    /// <param name="change">Changes the request before it is sent.</param>
    public static Task<WireAnswer> CallAsync(
        this HttpClient http, string operation, string json, Action<HttpRequestMessage>? change = null) =>
        http.CallAsync(operation, Encoding.UTF8.GetBytes(json), change);

    /// <inheritdoc cref="CallAsync(HttpClient, string, string, Action{HttpRequestMessage})"/>
    public static Task<WireAnswer> CallAsync(
        this HttpClient http, string operation, byte[] json, Action<HttpRequestMessage>? change = null) =>
        http.CallAsync(operation, new ByteArrayContent(json), change);

    /// <inheritdoc cref="CallAsync(HttpClient, string, string, Action{HttpRequestMessage})"/>
    public static async Task<WireAnswer> CallAsync(
        this HttpClient http, string operation, HttpContent body, Action<HttpRequestMessage>? change = null)
    {
        using var request = RequestOf(operation, body);
        change?.Invoke(request);
        using var response = await http.SendAsync(request);
        return await WireAnswer.ReadAsync(response);
    }

    /// <summary>Makes a request of anybody for an operation.</summary>
    public static HttpRequestMessage RequestOf(string operation, HttpContent body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = body };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", TargetOf(operation));
        request.Headers.TryAddWithoutValidation("Authorization", Anybody);
        body.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        return request;
    }

    /// <summary>Returns the X-Amz-Target of an operation, which has another prefix for the operations on streams.</summary>
    public static string TargetOf(string operation) =>
        (OfStreams.Contains(operation) ? StreamsVersion : Version) + operation;

    /// <summary>Packs a body.</summary>
    public static byte[] Gzip(byte[] body) => Packed(body, packed => new GZipStream(packed, CompressionLevel.Fastest));

    /// <summary>Packs a body as HTTP's deflate, which is zlib's format.</summary>
    public static byte[] Deflate(byte[] body) => Packed(body, packed => new ZLibStream(packed, CompressionLevel.Fastest));

    private static byte[] Packed(byte[] body, Func<Stream, Stream> compress)
    {
        using var packed = new MemoryStream();
        using (var stream = compress(packed))
        {
            stream.Write(body);
        }

        return packed.ToArray();
    }
}
