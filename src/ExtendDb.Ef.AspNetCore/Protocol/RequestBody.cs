using System.Buffers;
using ExtendDb.Ef.AspNetCore.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>Reads the bodies of requests, compressed or not, up to DynamoDB's limit.</summary>
internal static class RequestBody
{
    /// <summary>The largest size of a body in bytes: 16 MB, and a margin for the members around the items.</summary>
    public const int MaxBytes = 16 * 1_024 * 1_024 + 64 * 1_024;

    /// <summary>Reads a body as it was sent.</summary>
    /// <param name="http">The request.</param>
    /// <param name="body">The buffer for the body.</param>
    /// <exception cref="RequestTooLargeException">The body is too large; it is not read to its end.</exception>
    public static async Task ReadAsync(HttpContext http, PooledBuffer body)
    {
        if (http.Request.ContentLength > MaxBytes)
        {
            throw new RequestTooLargeException();
        }

        // The server's own limit would give another error.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (body.Length + read.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw new RequestTooLargeException();
            }

            foreach (var part in read.Buffer)
            {
                body.Write(part.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>Decompresses a body if it is compressed.</summary>
    /// <param name="http">The request.</param>
    /// <param name="sent">The body as it was sent.</param>
    /// <param name="unpacked">The buffer for the decompressed body.</param>
    /// <returns>The JSON of the request.</returns>
    /// <exception cref="SerializationException">
    /// The Content-Encoding is not supported, or the body is not encoded so.
    /// </exception>
    /// <exception cref="RequestTooLargeException">
    /// The body would become too large; it is not decompressed to its end.
    /// </exception>
    public static async Task<ReadOnlyMemory<byte>> UnpackAsync(HttpContext http, PooledBuffer sent, PooledBuffer unpacked)
    {
        var encoding = http.Request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return sent.Written;
        }

        var coding = ContentCoding.Find(encoding)
            ?? throw new SerializationException($"Content-Encoding {encoding} is not understood; gzip and deflate are");
        try
        {
            await using var plain = coding.Decompress(sent.AsStream());
            while (await plain.ReadAsync(unpacked.GetMemory(), http.RequestAborted) is var read and > 0)
            {
                unpacked.Advance(read);
                if (unpacked.Length > MaxBytes)
                {
                    throw new RequestTooLargeException();
                }
            }
        }
        catch (InvalidDataException broken)
        {
            throw new SerializationException($"The body is not {coding.Name}, or damaged", broken);
        }

        if (!coding.IsWhole(sent.Written, unpacked.Written))
        {
            throw new SerializationException($"The body is not {coding.Name}, or damaged, or not whole");
        }

        return unpacked.Written;
    }
}
