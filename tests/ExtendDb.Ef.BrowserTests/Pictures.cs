using Microsoft.Playwright;

namespace ExtendDb.Ef.BrowserTests;

/// <summary>Pictures of pages for the documentation, in the folder that EXTENDDB_SCREENSHOTS names; without it there are none.</summary>
internal static class Pictures
{
    private const string Variable = "EXTENDDB_SCREENSHOTS";

    public static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        }
    }
}
