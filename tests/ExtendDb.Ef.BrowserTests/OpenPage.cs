using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ExtendDb.Ef.BrowserTests;

/// <summary>A page, and what the browser complains of in it.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = [];

    public OpenPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
    }

    public IPage Page { get; }

    /// <summary>Gets errors and warnings; what the policy of the page's content forbids is one.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Returns the element that is made for tests under a name.</summary>
    public ILocator Named(string name) => Page.Locator($"[data-test='{name}']");

    public ILocator Button(string text) => Page.GetByRole(AriaRole.Button, new() { Name = text, Exact = true });

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
