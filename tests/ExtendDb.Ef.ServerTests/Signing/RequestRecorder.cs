using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using ExtendDb.Ef.AspNetCore.Signing;

namespace ExtendDb.Ef.ServerTests.Signing;

/// <summary>Records what a real client of the AWS SDK sends, in the place of the network.</summary>
internal sealed class RequestRecorder : HttpMessageHandler
{
    private SignedRequest? _request;

    /// <summary>Returns the last request that an operation sends.</summary>
    public static async Task<SignedRequest> RequestOfAsync(Func<AmazonDynamoDBClient, Task> operation)
    {
        using var recorder = new RequestRecorder();
        using var client = new AmazonDynamoDBClient(
            new BasicAWSCredentials(SdkSigner.KeyId, SdkSigner.Secret),
            new AmazonDynamoDBConfig
            {
                ServiceURL = "http://localhost:8000",
                AuthenticationRegion = SdkSigner.Region,
                HttpClientFactory = new Factory(recorder),
            });
        await operation(client);
        return recorder._request!;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        (string, string)[] host = request.Headers.Host is null ? [("Host", request.RequestUri!.Authority)] : [];
        _request = WireRequest.Of(
            request.Method.Method,
            request.RequestUri!.AbsolutePath,
            request.RequestUri.Query.TrimStart('?'),
            await request.Content!.ReadAsByteArrayAsync(cancellationToken),
            [.. host, .. All(request.Headers), .. All(request.Content.Headers)]);
        return new(HttpStatusCode.OK)
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/x-amz-json-1.0"),
        };
    }

    private static IEnumerable<(string, string)> All(HttpHeaders headers) =>
        from header in headers.NonValidated from value in header.Value select (header.Key, value);

    private sealed class Factory(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);
    }
}
