using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.AspNetCore.Http;

namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>A way in which bodies are compressed: gzip or deflate. Source: RFC 9110, Content Codings.</summary>
internal sealed class ContentCoding
{
    private const int GzipTrailer = 8;
    private const int ZlibTrailer = 4;

    private readonly Func<Stream, CompressionMode, Stream> _open;
    private readonly Func<Stream, CompressionLevel, Stream> _compress;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, bool> _isWhole;

    private ContentCoding(
        string name,
        Func<Stream, CompressionMode, Stream> open,
        Func<Stream, CompressionLevel, Stream> compress,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, bool> isWhole) =>
        (Name, _open, _compress, _isWhole) = (name, open, compress, isWhole);

    public static ContentCoding Gzip { get; } = new(
        "gzip",
        (stream, mode) => new GZipStream(stream, mode),
        (stream, level) => new GZipStream(stream, level, leaveOpen: true),
        static (packed, plain) => EndsWithChecksum(packed.Span, plain.Span));

    /// <summary>Gets the coding that HTTP calls deflate, which is the format of zlib.</summary>
    public static ContentCoding Deflate { get; } = new(
        "deflate",
        (stream, mode) => new ZLibStream(stream, mode),
        (stream, level) => new ZLibStream(stream, level, leaveOpen: true),
        (packed, plain) => packed.Length >= ZlibTrailer
            && BinaryPrimitives.ReadUInt32BigEndian(packed.Span[^ZlibTrailer..]) == Adler32.Of(plain.Span));

    /// <summary>Gets the name in Content-Encoding and Accept-Encoding.</summary>
    public string Name { get; }

    /// <summary>Returns the coding of a Content-Encoding; null when it is not supported.</summary>
    public static ContentCoding? Find(string name) =>
        name.Equals(Gzip.Name, StringComparison.OrdinalIgnoreCase) ? Gzip
        : name.Equals(Deflate.Name, StringComparison.OrdinalIgnoreCase) ? Deflate
        : null;

    /// <summary>Returns the coding that a client prefers; null when it accepts none, or prefers no coding.</summary>
    public static ContentCoding? AcceptedBy(HttpRequest request)
    {
        var (chosen, quality) = ((ContentCoding?)null, 0d);
        foreach (var accepted in request.GetTypedHeaders().AcceptEncoding)
        {
            var coding = Find(accepted.Value.Value ?? string.Empty);
            var wish = accepted.Quality ?? 1;

            // Of two that are wished equally, gzip: SDKs have read it for longer.
            if (coding is not null && wish > 0 && (wish > quality || (wish == quality && coding == Gzip)))
            {
                (chosen, quality) = (coding, wish);
            }
        }

        return chosen;
    }

    /// <summary>Returns a stream that decompresses another one.</summary>
    public Stream Decompress(Stream packed) => _open(packed, CompressionMode.Decompress);

    /// <summary>Returns a stream that compresses into another one, which stays open.</summary>
    public Stream Compress(Stream packed) => _compress(packed, CompressionLevel.Optimal);

    /// <summary>Returns whether a body ends with the checksum of its content: .NET's streams take a truncated body for whole.</summary>
    public bool IsWhole(ReadOnlyMemory<byte> packed, ReadOnlyMemory<byte> plain) => _isWhole(packed, plain);

    // A body may be several streams in a row; the length at its end is that of the last one. Source: RFC 1952.
    private static bool EndsWithChecksum(ReadOnlySpan<byte> packed, ReadOnlySpan<byte> plain)
    {
        if (packed.Length < GzipTrailer)
        {
            return false;
        }

        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(packed[^GzipTrailer..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(packed[^4..]);
        return length <= plain.Length && Crc32.HashToUInt32(plain[^(int)length..]) == checksum;
    }
}
