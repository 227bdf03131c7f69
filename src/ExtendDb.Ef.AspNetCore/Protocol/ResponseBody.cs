using System.Globalization;
using System.IO.Hashing;
using Microsoft.AspNetCore.Http;

namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>Sends the JSON of responses with the headers that SDKs check.</summary>
internal static class ResponseBody
{
    public const string ChecksumHeader = "x-amz-crc32";
    public const string ContentType = "application/x-amz-json-1.0";

    private const int PackedOver = 4_096;

    /// <summary>Sends a response, compressed if the client accepts that and the response is long enough.</summary>
    public static async Task SendAsync(HttpContext http, int status, PooledBuffer answer)
    {
        var body = answer.Written;
        if (answer.Length > PackedOver && ContentCoding.AcceptedBy(http.Request) is { } coding)
        {
            var packed = new MemoryStream();
            await using (var stream = coding.Compress(packed))
            {
                await stream.WriteAsync(body, http.RequestAborted);
            }

            body = packed.GetBuffer().AsMemory(0, (int)packed.Length);
            http.Response.Headers.ContentEncoding = coding.Name;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = body.Length;
        // The checksum covers the bytes that are sent, compressed or not, as the SDKs that check it expect.
        http.Response.Headers[ChecksumHeader] = Crc32.HashToUInt32(body.Span).ToString(CultureInfo.InvariantCulture);
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }
}
