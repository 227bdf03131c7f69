using Microsoft.Playwright;
using Xunit;

namespace ExtendDb.Ef.BrowserTests;

/// <summary>The installed Chromium, without a window; none is ever downloaded.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Variable = "EXTENDDB_CHROMIUM";

    private static readonly string[] UsualPlaces =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable(Variable) ?? UsualPlaces.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"There is no Chromium: apt-get install chromium, or say where it is in {Variable}.");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu"],
        });
    }

    /// <summary>Opens a page that knows nothing of other pages.</summary>
    public async Task<OpenPage> OpenAsync(int width = 1280, int height = 800, ColorScheme colors = ColorScheme.Light)
    {
        var page = await _browser.NewPageAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = colors,
            Locale = "en-GB",
        });
        page.SetDefaultTimeout((float)TestDeadline.Usual.TotalMilliseconds);
        return new(page);
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
