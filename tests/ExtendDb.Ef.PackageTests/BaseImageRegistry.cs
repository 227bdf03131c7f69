using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace ExtendDb.Ef.PackageTests;

/// <summary>A registry of this process with one image, in the place of .NET's own: the same settings, and nothing to run.</summary>
internal sealed class BaseImageRegistry : IDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, (string Type, byte[] Content)> _contents = [];
    private readonly Task _answering;

    public BaseImageRegistry()
    {
        var layer = Layer();
        var config = JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = "amd64",
            os = "linux",
            config = new { Env = new[] { "PATH=/usr/bin", "APP_UID=1654", "ASPNETCORE_HTTP_PORTS=8080" } },
            rootfs = new { type = "layers", diff_ids = new[] { Digest(layer) } },
        });
        var packed = Pack(layer);
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = ManifestType,
            config = new { mediaType = "application/vnd.docker.container.image.v1+json", size = config.Length, digest = Digest(config) },
            layers = new[]
            {
                new { mediaType = "application/vnd.docker.image.rootfs.diff.tar.gzip", size = packed.Length, digest = Digest(packed) },
            },
        });
        _contents["/v2/aspnet/manifests/any"] = (ManifestType, manifest);
        _contents[$"/v2/aspnet/blobs/{Digest(config)}"] = ("application/octet-stream", config);
        _contents[$"/v2/aspnet/blobs/{Digest(packed)}"] = ("application/octet-stream", packed);

        var port = FreePort.Find();
        Image = $"localhost:{port}/aspnet:any";
        _listener.Prefixes.Add($"http://localhost:{port}/");
        _listener.Start();
        _answering = AnswerAsync();
    }

    /// <summary>Gets the name of the image.</summary>
    public string Image { get; }

    public void Dispose()
    {
        _listener.Stop();
        _answering.Wait(TestDeadline.Usual);
        _listener.Close();
    }

    private static byte[] Layer()
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "etc"));
        }

        return tar.ToArray();
    }

    private static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var response = context.Response;
            if (!_contents.TryGetValue(context.Request.Url!.AbsolutePath, out var found))
            {
                response.StatusCode = (int)HttpStatusCode.NotFound;
                continue;
            }

            response.ContentType = found.Type;
            response.ContentLength64 = found.Content.Length;
            response.Headers["Docker-Content-Digest"] = Digest(found.Content);
            if (context.Request.HttpMethod == HttpMethod.Get.Method)
            {
                await response.OutputStream.WriteAsync(found.Content);
            }
        }
    }
}
