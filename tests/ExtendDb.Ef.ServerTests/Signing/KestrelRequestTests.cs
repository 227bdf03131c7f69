using System.Buffers;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Signing;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Signing;

public sealed class KestrelRequestTests : IAsyncLifetime
{
    private readonly WebApplication _server = Server();
    private Exception? _refusal;

    public async Task InitializeAsync()
    {
        _server.Run(VerifyAsync);
        await _server.StartAsync();
    }

    [Fact]
    public async Task Request_that_came_over_a_socket_is_accepted()
    {
        using var client = Client(SdkSigner.Secret);

        await client.PutItemAsync("Ørders", new() { ["id"] = new AttributeValue(new string('☕', 100_000)) });

        _refusal.Should().BeNull();
    }

    [Fact]
    public async Task Request_that_came_over_a_socket_with_another_secret_is_refused()
    {
        using var client = Client("other");

        await client.PutItemAsync("Ørders", new() { ["id"] = new AttributeValue("1") });

        _refusal.Should().BeOfType<InvalidSignatureException>();
    }

    [Theory]
    [InlineData("host;")]
    [InlineData("host;:authority; ")]
    [InlineData("host;Ünheard-of\r\n\0")]
    public async Task Names_that_no_header_has_are_refused(string signedHeaders)
    {
        using var client = new HttpClient();
        var date = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"{_server.Urls.Single()}/a%2Fb?q=%zz&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0&X-Amz-Date={date}"
            + $"&X-Amz-Credential={SdkSigner.KeyId}%2F{date[..8]}%2Flocal%2Fdynamodb%2Faws4_request"
            + $"&X-Amz-SignedHeaders={Uri.EscapeDataString(signedHeaders)}");

        using var response = await client.SendAsync(request);

        response.IsSuccessStatusCode.Should().BeTrue();
        _refusal.Should().BeOfType<InvalidSignatureException>();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private static WebApplication Server()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private AmazonDynamoDBClient Client(string secret) => new(
        new BasicAWSCredentials(SdkSigner.KeyId, secret),
        new AmazonDynamoDBConfig { ServiceURL = _server.Urls.Single(), AuthenticationRegion = SdkSigner.Region });

    private async Task VerifyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var request = new SignedRequest(
            context.Request.Method,
            target[0],
            target.ElementAtOrDefault(1) ?? string.Empty,
            context.Request.Headers,
            new ReadOnlySequence<byte>(body.ToArray()));
        try
        {
            new SignatureVerifier(
                AccessKeys.Parse($"{SdkSigner.KeyId} {SdkSigner.Secret}"), TimeProvider.System).Verify(request);
        }
        catch (Exception refusal)
        {
            _refusal = refusal;
        }

        await context.Response.WriteAsync("{}");
    }
}
