using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ExtendDb.Ef.Testing;

namespace ExtendDb.Ef.ServerTests.Serving;

/// <summary>A server that is told everything by appsettings.json of its folder.</summary>
public sealed class ConfiguredServer : ExtendDbFixture
{
    private ServedFolder Folder { get; } = new();
    private ServeProcess? _process;

    /// <summary>Gets where it answers without encryption.</summary>
    public Uri Plain { get; private set; } = null!;

    /// <summary>Gets where it answers with encryption.</summary>
    public Uri Encrypted { get; private set; } = null!;

    internal ServeProcess Process => _process!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var certificate = Path.Combine(Folder.Path, "certificate.pfx");
        await File.WriteAllBytesAsync(certificate, SelfSigned());
        Folder.WithSettings(JsonSerializer.Serialize(new
        {
            ConnectionStrings = new { ExtendDb = ConnectionString },
            ExtendDb = new { DefaultPropagationDelay = "00:00:00" },
            Logging = new
            {
                LogLevel = new Dictionary<string, string> { ["ExtendDb.Ef.AspNetCore"] = "Debug" },
                Console = new { FormatterName = "json" },
            },
            Kestrel = new
            {
                Certificates = new { Default = new { Path = certificate } },
                Endpoints = new
                {
                    A = new { Url = "http://127.0.0.1:0" },
                    B = new { Url = "https://127.0.0.1:0" },
                },
            },
        }));
        _process = ServeProcess.Start(connectionString: "", [], Folder.Path);
        await _process.UntilListeningAsync();
        var urls = _process.Output.Split(' ', ',').Where(word => word.StartsWith("http", StringComparison.Ordinal)).ToList();
        Plain = new(urls.First(url => url.StartsWith("http:", StringComparison.Ordinal)));
        Encrypted = new(urls.First(url => url.StartsWith("https:", StringComparison.Ordinal)));
    }

    public override async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Folder.Dispose();
        await base.DisposeAsync();
    }

    private static byte[] SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.Export(X509ContentType.Pfx);
    }
}
