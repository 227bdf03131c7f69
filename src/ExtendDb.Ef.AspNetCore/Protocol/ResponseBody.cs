using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.AspNetCore.Http;

namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>Sends the JSON of responses with the headers that SDKs check.</summary>
internal static class ResponseBody
{
    public const string ContentType = "application/x-amz-json-1.0";

    private const int PackedOver = 4_096;

    /// <summary>Sends a response, compressed if the client accepts that and the response is long enough.</summary>
    public static async Task SendAsync(HttpContext http, int status, PooledBuffer answer)
    {
        var body = answer.Written;
        if (answer.Length > PackedOver && TakesGzip(http.Request))
        {
            var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                await gzip.WriteAsync(body, http.RequestAborted);
            }

            body = packed.GetBuffer().AsMemory(0, (int)packed.Length);
            http.Response.Headers.ContentEncoding = "gzip";
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = body.Length;
        // The checksum covers the bytes that are sent, compressed or not, as the SDKs that check it expect.
        http.Response.Headers["x-amz-crc32"] = Crc32.HashToUInt32(body.Span).ToString(CultureInfo.InvariantCulture);
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }

    private static bool TakesGzip(HttpRequest request)
    {
        foreach (var accepted in request.GetTypedHeaders().AcceptEncoding)
        {
            if (accepted.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && accepted.Quality != 0)
            {
                return true;
            }
        }

        return false;
    }
}
