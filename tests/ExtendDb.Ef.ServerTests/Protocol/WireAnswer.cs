using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace ExtendDb.Ef.ServerTests.Protocol;

/// <summary>An answer as it came over the wire.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">The headers, whose names are in lower case.</param>
/// <param name="Body">The body, packed if it came so.</param>
internal sealed record WireAnswer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Gets the JSON of the body, unpacked.</summary>
    public JsonElement Json => JsonDocument.Parse(Headers.GetValueOrDefault("content-encoding") switch
    {
        "gzip" => Unpacked(new GZipStream(new MemoryStream(Body), CompressionMode.Decompress)),
        "deflate" => Unpacked(new ZLibStream(new MemoryStream(Body), CompressionMode.Decompress)),
        _ => Body,
    }).RootElement;

    /// <summary>Gets DynamoDB's name of the error with its prefix; null when the body is no error.</summary>
    public string? Type => Body.Length > 0 && Json.TryGetProperty("__type", out var type) ? type.GetString() : null;

    /// <summary>Gets the message of an error, whatever the casing of its member.</summary>
    public string? Message =>
        Json.TryGetProperty("message", out var lower) ? lower.GetString()
        : Json.TryGetProperty(nameof(Message), out var upper) ? upper.GetString()
        : null;

    /// <summary>Reads a response to its end.</summary>
    public static async Task<WireAnswer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        return new(response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }

    public override string ToString() => $"{(int)Status} {Encoding.UTF8.GetString(Body)}";

    private static byte[] Unpacked(Stream packed)
    {
        using (packed)
        {
            using var unpacked = new MemoryStream();
            packed.CopyTo(unpacked);
            return unpacked.ToArray();
        }
    }
}
