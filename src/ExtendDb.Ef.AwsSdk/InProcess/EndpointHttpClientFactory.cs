using Amazon.Runtime;

namespace ExtendDb.Ef.AwsSdk.InProcess;

/// <summary>Gives the SDK its HTTP client, which the SDK keeps as long as the client that uses it.</summary>
internal sealed class EndpointHttpClientFactory(EndpointHandler handler) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        var http = new HttpClient(handler, disposeHandler: false);
        if (clientConfig.Timeout is { } timeout)
        {
            http.Timeout = timeout;
        }

        return http;
    }
}
