using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace ExtendDb.Ef.BrowserTests;

/// <summary>The pages in light and dark, wide and narrow, and by keyboard.</summary>
public sealed class LooksTests(ServedConsole console, Browser browser) : IClassFixture<ServedConsole>, IClassFixture<Browser>, IAsyncLifetime
{
    private static readonly string[] Genres = ["Classical", "Jazz", "Folk"];

    public async Task InitializeAsync()
    {
        var tables = await console.Tables.ListTablesAsync(new());
        if (tables.TableNames.Count > 0)
        {
            return;
        }

        foreach (var name in new[] { "Music", "Orders", "Sessions" })
        {
            await console.Tables.CreateTableAsync(new(
                name,
                [new("Artist", KeyType.HASH), new("Song", KeyType.RANGE)],
                [
                    new("Artist", AttributeType.S), new("Song", AttributeType.S), new("Genre", AttributeType.S),
                    new("Released", AttributeType.N),
                ])
            {
                GlobalSecondaryIndexes =
                [
                    new("by-genre", [new("Genre", KeyType.HASH), new("Song", KeyType.RANGE)], Projection.All),
                    new("by-year", [new("Released", KeyType.HASH)], Projection.KeysOnly),
                ],
                StreamSpecification = name == "Orders" ? new(true, StreamViewType.NEW_AND_OLD_IMAGES) : null,
            });
        }

        for (var i = 0; i < 120; i++)
        {
            await console.Tables.PutItemAsync(new("Music", new AttributeMap
            {
                ["Artist"] = $"Artist {i % 7}",
                ["Song"] = $"Song {i:000}",
                ["Genre"] = Genres[i % Genres.Length],
                ["Released"] = 1960 + (i % 60),
                ["Players"] = new AttributeValue.SS("Gidon Kremer", "Keith Jarrett"),
                ["Label"] = new AttributeMap { ["Name"] = "ECM", ["Number"] = i },
            }));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task Every_page_fits_its_window_and_has_the_colours_that_the_user_wants(int width, ColorScheme colors)
    {
        await using var open = await browser.OpenAsync(width, width == 400 ? 780 : 800, colors);
        var looks = new Dictionary<string, (int Overflow, bool IsDark)>();

        foreach (var (name, path, ready) in new[]
        {
            ("tables", "/", "text=120"),
            ("create", "/create-table", "form"),
            ("table", "/tables/Music", "text=by-genre"),
            ("items", "/tables/Music/items", "[data-test='count']"),
            ("statement", "/statement", "form"),
            ("indexes", "/indexes", "[data-test='index-Music.by-genre'] svg"),
            ("verify", "/verify", "form"),
            ("quarantine", "/quarantine", "[data-test='no-quarantine']"),
            ("streams", "/streams", "text=Orders"),
        })
        {
            await open.Page.GotoAsync(console.Url + path);
            await open.Page.Locator(ready).First.WaitForAsync();
            looks[name] = await LookAsync(open.Page);
            await Pictures.TakeAsync(open.Page, Picture(name, width, colors));
        }

        await open.Page.GotoAsync(console.Url + "/tables/Music/items");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Open Artist" }).First.ClickAsync();
        await open.Page.Locator(".tree li").First.WaitForAsync();
        looks["item"] = await LookAsync(open.Page);
        await Pictures.TakeAsync(open.Page, Picture("item", width, colors));

        looks.Should().AllSatisfy(look =>
            look.Value.Should().Be((0, colors == ColorScheme.Dark), "{0} is {1} wide", look.Key, width));
        open.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task User_chooses_dark_against_the_system_and_the_choice_stays()
    {
        await using var open = await browser.OpenAsync();
        await open.Page.GotoAsync(console.Url);
        await open.Button("Light or dark").ClickAsync();

        await open.Page.ReloadAsync();

        (await LookAsync(open.Page)).IsDark.Should().BeTrue();
    }

    [Fact]
    public async Task Everything_of_an_item_is_reached_by_keyboard()
    {
        await using var open = await browser.OpenAsync();
        var page = open.Page;
        await page.GotoAsync($"{console.Url}/tables/Music/items");
        await open.Named("count").WaitForAsync();

        await page.Keyboard.PressAsync("Tab");
        await UntilFocusAsync(page, "Open Artist", 60);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".tree li").First.WaitForAsync();
        await UntilFocusAsync(page, "Edit", 12);
        await page.Keyboard.PressAsync("Enter");
        await open.Named("item-json").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Skip_link_leads_to_the_content()
    {
        await using var open = await browser.OpenAsync();
        await open.Page.GotoAsync(console.Url);
        await open.Page.Locator("h1").WaitForAsync();

        await open.Page.Locator(".skip").FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");

        (await open.Page.EvaluateAsync<string>("document.activeElement.id")).Should().Be("content");
    }

    // Presses Tab until an element whose name begins so has the focus.
    private static async Task UntilFocusAsync(IPage page, string name, int atMost)
    {
        for (var presses = 0; presses < atMost; presses++)
        {
            var focused = await page.EvaluateAsync<string>(
                "(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || '').trim()");
            if (focused.StartsWith(name, StringComparison.Ordinal))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"{atMost} times Tab do not lead to {name}.");
    }

    private static async Task<(int Overflow, bool IsDark)> LookAsync(IPage page) => (
        await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)"),
        await page.EvaluateAsync<bool>(
            "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3).every(part => part < 80)"));

    private static string Picture(string page, int width, ColorScheme colors) =>
        $"{page}{(width == 400 ? "-narrow" : "")}-{(colors == ColorScheme.Dark ? "dark" : "light")}";
}
