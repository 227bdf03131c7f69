using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ExtendDb.Ef.WebConsole.Components;

/// <summary>The WebSocket of the pages, whose hub is made when the first page asks for it: to map it costs what a start should not.</summary>
internal sealed class LazyHub(IServiceProvider services)
{
    /// <summary>The path of the hub below the console's.</summary>
    public const string Path = "_blazor";

    private readonly Lock _lock = new();
    private RequestDelegate? _hub;

    /// <summary>Answers a request that the gate has let in.</summary>
    public Task AnswerAsync(HttpContext http)
    {
        var hub = _hub ?? Map(ConsolePage.HomeOf(http)[http.Request.PathBase.Value!.Length..]);

        // The routes of the hub are found anew, behind the endpoint that was found for the console.
        http.SetEndpoint(null);
        return hub(http);
    }

    private RequestDelegate Map(string home)
    {
        lock (_lock)
        {
            if (_hub is null)
            {
                var branch = new ApplicationBuilder(services);
                branch.UseRouting();
                branch.UseEndpoints(endpoints => endpoints.MapBlazorHub(home + Path));
                _hub = branch.Build();
            }

            return _hub;
        }
    }
}
