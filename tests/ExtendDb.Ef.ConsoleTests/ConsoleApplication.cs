using System.Net;
using ExtendDb.Ef.WebConsole;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.ConsoleTests;

/// <summary>An application with the console at <c>/console</c>, on a socket, and a browser's requests to it without a browser.</summary>
internal sealed class ConsoleApplication : IAsyncDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, UseCookies = true };

    private ConsoleApplication(WebApplication app)
    {
        App = app;
        Http = new(_handler) { BaseAddress = new(app.Urls.First()) };
    }

    public WebApplication App { get; }

    public HttpClient Http { get; }

    public CookieContainer Cookies => _handler.CookieContainer;

    public static async Task<ConsoleApplication> StartAsync(
        string connectionString,
        Action<ExtendDbConsoleOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddExtendDb(connectionString, options => options.Propagation.Enabled = false);
        builder.Services.AddExtendDbConsole(configure);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        if (map is null)
        {
            app.MapExtendDbConsole();
        }
        else
        {
            map(app);
        }

        await app.StartAsync();
        return new(app);
    }

    /// <summary>Sends a request with further headers.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, body: null, headers);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
    }
}
