using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace ExtendDb.Ef.BrowserTests;

public sealed class TablesAndItemsTests(ServedConsole console, Browser browser) : IClassFixture<ServedConsole>, IClassFixture<Browser>
{
    [Fact]
    public async Task Table_is_created_an_item_put_found_by_an_index_edited_and_the_table_deleted()
    {
        await using var worker = await console.StartWorkerAsync();
        await using var open = await browser.OpenAsync();
        var page = open.Page;

        await page.GotoAsync(console.Url);
        await page.GetByRole(AriaRole.Link, new() { Name = "Create a table" }).ClickAsync();
        await open.Named("table-name").FillAsync("Music");
        await open.Named("hash").FillAsync("Artist");
        await open.Named("range").FillAsync("Song");
        await open.Named("add-index").ClickAsync();
        await open.Named("index-name").FillAsync("by-genre");
        await open.Named("hash").Nth(1).FillAsync("Genre");
        await open.Button("Create the table").ClickAsync();

        await open.Named("put").ClickAsync();
        await open.Named("item-json").FillAsync(
            """{"Artist":{"S":"Arvo Pärt"},"Song":{"S":"Fratres"},"Genre":{"S":"Classical"},"Players":{"SS":["Kremer","Jarrett"]}}""");
        await open.Named("save").ClickAsync();
        await page.GetByText("The item is stored.").WaitForAsync();
        await console.UntilNothingWaitsAsync();

        await open.Named("index").SelectOptionAsync("by-genre");
        await open.Named("key-Genre").FillAsync("Classical");
        await open.Button("Query").ClickAsync();
        (await open.Named("count").InnerTextAsync()).Should().Be("1 item");

        await page.GetByRole(AriaRole.Button, new() { Name = "Open Artist" }).ClickAsync();
        await open.Named("edit").ClickAsync();
        await open.Named("item-json").FillAsync(
            """{"Artist":{"S":"Arvo Pärt"},"Song":{"S":"Fratres"},"Genre":{"S":"Classical"},"Year":{"N":"1977"}}""");
        await open.Named("save").ClickAsync();
        await page.GetByText("The item is stored.").WaitForAsync();
        var stored = await ItemAsync("Music", new() { ["Artist"] = "Arvo Pärt", ["Song"] = "Fratres" });
        stored!["Year"].Should().Be((AttributeValue)1977);
        stored.ContainsKey("Players").Should().BeFalse();

        await page.GetByRole(AriaRole.Link, new() { Name = "Definition" }).ClickAsync();
        await open.Named("delete-table").ClickAsync();
        await Assertions.Expect(open.Button("Delete the table")).ToBeDisabledAsync();
        await open.Named("confirm-name").FillAsync("Music");
        await open.Button("Delete the table").ClickAsync();
        await page.GetByText("There is no table yet.").WaitForAsync();

        open.Complaints.Should().BeEmpty();
        console.Log.Should().Contain("CreateTable on Music").And.Contain("PutItem on Music").And.Contain("DeleteTable on Music")
            .And.NotContain("Fratres");
    }

    [Fact]
    public async Task Change_behind_ones_back_is_told_and_not_overwritten()
    {
        var table = await CreateAsync();
        await PutAsync(table, new() { ["p"] = "a", ["v"] = 1 });
        await using var open = await browser.OpenAsync();
        await open.Page.GotoAsync($"{console.Url}/tables/{table}/items");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Open p = a" }).ClickAsync();
        await open.Named("edit").ClickAsync();

        await PutAsync(table, new() { ["p"] = "a", ["v"] = 1, ["added"] = true });
        await open.Named("item-json").FillAsync("""{"p":{"S":"a"},"v":{"N":"2"}}""");
        await open.Named("save").ClickAsync();

        await open.Page.GetByText("The item was changed since it was shown. Nothing was stored.").WaitForAsync();
        (await ItemAsync(table, new() { ["p"] = "a" }))!.ContainsKey("added").Should().BeTrue();
        await open.Button("Show the item as it is now").ClickAsync();
        await open.Page.Locator(".tree").GetByText("added").WaitForAsync();
    }

    [Fact]
    public async Task Item_of_400_KB_is_shown_and_stored()
    {
        var table = await CreateAsync();
        var text = new string('x', 390 * 1024);
        await PutAsync(table, new() { ["p"] = "large", ["text"] = text });
        await using var open = await browser.OpenAsync();
        await open.Page.GotoAsync($"{console.Url}/tables/{table}/items");

        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Open p = large" }).ClickAsync();
        await open.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "JSON" }).ClickAsync();
        await open.Named("edit").ClickAsync();
        await open.Named("item-json").EvaluateAsync("area => area.value = area.value.replace('xxxxx', 'changed')");
        await open.Named("save").ClickAsync();

        await open.Page.GetByText("The item is stored.").WaitForAsync();
        (await ItemAsync(table, new() { ["p"] = "large" }))!["text"].Should().Be((AttributeValue)("changed" + text[5..]));
        open.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Page_of_items_is_saved_as_CSV()
    {
        var table = await CreateAsync();
        await PutAsync(table, new() { ["p"] = "=1+1", ["v"] = -1 });
        await using var open = await browser.OpenAsync();
        await open.Page.GotoAsync($"{console.Url}/tables/{table}/items");

        var download = await open.Page.RunAndWaitForDownloadAsync(() => open.Named("csv").ClickAsync());

        download.SuggestedFilename.Should().Be($"{table}.csv");
        (await File.ReadAllTextAsync(await download.PathAsync())).Should().Be("p,v\r\n\"'=1+1\",-1\r\n");
    }

    [Fact]
    public async Task Items_are_read_page_by_page()
    {
        var table = await CreateAsync();
        for (var i = 0; i < 60; i++)
        {
            await PutAsync(table, new() { ["p"] = $"item {i:00}" });
        }

        await using var open = await browser.OpenAsync();
        await open.Page.GotoAsync($"{console.Url}/tables/{table}/items");
        await Assertions.Expect(open.Named("count")).ToHaveTextAsync("50 items");
        await open.Named("next").ClickAsync();

        await Assertions.Expect(open.Named("count")).ToHaveTextAsync("10 items");
        await open.Button("Previous").ClickAsync();
        await Assertions.Expect(open.Named("count")).ToHaveTextAsync("50 items");
    }

    [Fact]
    public async Task Read_only_console_offers_no_change()
    {
        var table = await CreateAsync();
        await PutAsync(table, new() { ["p"] = "a" });
        var (server, url) = await console.StartServerAsync("--console-read-only");
        await using var _ = server;
        await using var open = await browser.OpenAsync();

        await open.Page.GotoAsync($"{url}/tables/{table}/items");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Open p = a" }).ClickAsync();
        await open.Page.Locator(".tree").WaitForAsync();

        (await open.Page.GetByText("read-only").CountAsync()).Should().Be(1);
        (await open.Named("put").CountAsync()).Should().Be(0);
        (await open.Named("edit").CountAsync()).Should().Be(0);
        (await open.Named("delete").CountAsync()).Should().Be(0);
    }

    private async Task<string> CreateAsync()
    {
        var name = $"T{Guid.NewGuid():N}";
        await console.Tables.CreateTableAsync(new(name, [new("p", KeyType.HASH)], [new("p", AttributeType.S)]));
        return name;
    }

    private async Task PutAsync(string table, AttributeMap item) => await console.Tables.PutItemAsync(new(table, item));

    private async Task<AttributeMap?> ItemAsync(string table, AttributeMap key) =>
        (await console.Tables.GetItemAsync(new(table, key) { ConsistentRead = true })).Item;
}
