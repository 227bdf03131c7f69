using System.Buffers;
using Amazon.Runtime.Internal;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Signing;
using ExtendDb.Ef.ServerTests.Protocol;
using ExtendDb.Ef.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef.ServerTests.Signing;

/// <summary>Two servers with an access key on one database: one of today, and one whose clock a test sets.</summary>
public sealed class SignedServer : ExtendDbFixture
{
    private static readonly AccessKeys Keys = AccessKeys.Parse($"{SdkSigner.KeyId} {SdkSigner.Secret}");

    private WebApplication? _today;
    private WebApplication? _stopped;

    /// <summary>Gets the address of the server of today.</summary>
    public Uri Url => new(_today!.Urls.First());

    internal StoppedClock Clock { get; } = new(SdkSigner.SignedAt);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _today = await WireServer.StartAsync(ConnectionString, Keys);
        _stopped = await WireServer.StartAsync(
            ConnectionString, Keys, builder => builder.Services.AddSingleton<TimeProvider>(Clock));
    }

    /// <summary>Sends a signed request, byte for byte, to the server whose clock is set.</summary>
    internal async Task<WireAnswer> SendAsync(SignedRequest signed, byte[]? otherBody = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new(_stopped!.Urls.First()), "/"))
        {
            Content = new ByteArrayContent(otherBody ?? signed.Body.ToArray()),
        };
        foreach (var (name, values) in signed.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        request.Headers.Host = "localhost:8000";
        using var response = await http.SendAsync(request);
        return await WireAnswer.ReadAsync(response);
    }

    /// <summary>Returns a request for the list of tables whose body is packed, to be signed.</summary>
    internal static DefaultRequest Packed()
    {
        var request = SdkSigner.ListTables();
        request.Content = WireCalls.Gzip(request.Content);
        request.Headers["Content-Encoding"] = "gzip";
        return request;
    }

    public override async Task DisposeAsync()
    {
        await _today!.DisposeAsync();
        await _stopped!.DisposeAsync();
        await base.DisposeAsync();
    }
}
