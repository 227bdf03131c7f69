using System.Net;
using ExtendDb.Ef.AspNetCore.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ExtendDb.Ef.AwsSdk.InProcess;

/// <summary>Hands HTTP requests to the endpoint in memory, and returns its responses.</summary>
internal sealed class EndpointHandler(InProcessEndpoint endpoint) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A caller that blocks its context would otherwise wait for a continuation that waits for the context.
        if (SynchronizationContext.Current is not null || TaskScheduler.Current != TaskScheduler.Default)
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }

        var http = new DefaultHttpContext { RequestAborted = cancellationToken };
        var answer = new MemoryStream();
        http.Response.Body = answer;
        await WriteAsync(request, http.Request, cancellationToken);
        await endpoint.AnswerAsync(http);
        await http.Request.BodyReader.CompleteAsync();

        // The endpoint sends nothing to a client that has gone.
        cancellationToken.ThrowIfCancellationRequested();
        return Read(http.Response, answer, request);
    }

    // Table.LoadTable of the document model is synchronous, and so is what it calls. Operations are not.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.Run(() => SendAsync(request, cancellationToken), CancellationToken.None).GetAwaiter().GetResult();

    private static async Task WriteAsync(HttpRequestMessage from, HttpRequest to, CancellationToken cancellationToken)
    {
        var uri = from.RequestUri!;
        to.Protocol = HttpProtocol.Http11;
        to.Method = from.Method.Method;
        to.Scheme = uri.Scheme;
        to.Host = new HostString(uri.Authority);

        // The SDK makes addresses that give away no path; the operation is in a header.
        to.Path = "/";
        foreach (var (name, values) in from.Headers.NonValidated)
        {
            to.Headers[name] = new StringValues([.. values]);
        }

        if (from.Content is { } content)
        {
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                to.Headers[name] = new StringValues([.. values]);
            }

            to.Body = await content.ReadAsStreamAsync(cancellationToken);
        }
    }

    private static HttpResponseMessage Read(HttpResponse from, MemoryStream answer, HttpRequestMessage request)
    {
        var to = new HttpResponseMessage((HttpStatusCode)from.StatusCode)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(answer.GetBuffer(), 0, (int)answer.Length),
        };
        foreach (var (name, values) in from.Headers)
        {
            if (!to.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                to.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return to;
    }
}
