using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ExtendDb.Ef.WebConsole.Assets;

/// <summary>A file of the console, embedded in the assembly and compressed at its first use.</summary>
internal sealed class ConsoleAsset
{
    private readonly Lazy<(byte[] Plain, byte[] Packed, EntityTagHeaderValue Tag)> _content;
    private readonly string _type;

    private ConsoleAsset(string path, string type)
    {
        Path = path;
        _type = type;
        _content = new(() => Read(path[(path.LastIndexOf('/') + 1)..]));
    }

    /// <summary>Gets all files.</summary>
    public static IReadOnlyList<ConsoleAsset> All { get; } =
    [
        new("_assets/console.css", "text/css; charset=utf-8"),
        new("_assets/console.js", "text/javascript; charset=utf-8"),
        new("_assets/icon.svg", "image/svg+xml"),
        new("_assets/Radzen.Blazor.min.js", "text/javascript; charset=utf-8"),
        new("_framework/blazor.web.js", "text/javascript; charset=utf-8"),
    ];

    /// <summary>Gets the path below the console's.</summary>
    public string Path { get; }

    /// <summary>Sends the file, or tells the browser that the one it has is right.</summary>
    public Task SendAsync(HttpContext http)
    {
        var (plain, packed, tag) = _content.Value;
        http.Response.GetTypedHeaders().ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var takesPacked = http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (takesPacked)
        {
            http.Response.Headers.ContentEncoding = "gzip";
        }

        var body = takesPacked ? packed : plain;
        http.Response.ContentType = _type;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private static (byte[] Plain, byte[] Packed, EntityTagHeaderValue Tag) Read(string name)
    {
        using var stream = typeof(ConsoleAsset).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        var plain = new byte[stream.Length];
        stream.ReadExactly(plain);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(plain);
        }

        return (plain, packed.ToArray(), new($"\"{Convert.ToHexStringLower(SHA256.HashData(plain))[..16]}\"", isWeak: true));
    }
}
