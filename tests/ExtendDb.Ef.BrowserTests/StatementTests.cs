using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.BrowserTests;

public sealed class StatementTests(ServedConsole console, Browser browser) : IClassFixture<ServedConsole>, IClassFixture<Browser>
{
    [Fact]
    public async Task Statements_write_and_read_page_by_page_and_only_writes_are_logged()
    {
        var table = $"T{Guid.NewGuid():N}";
        await console.Tables.CreateTableAsync(
            new(table, [new("p", KeyType.HASH), new("n", KeyType.RANGE)], [new("p", AttributeType.S), new("n", AttributeType.N)]));
        await using var open = await browser.OpenAsync();
        await open.Page.GotoAsync($"{console.Url}/statement");

        for (var n = 1; n <= 3; n++)
        {
            await open.Named("statement").FillAsync($$"""INSERT INTO "{{table}}" VALUE {'p': ?, 'n': {{n}}, 'secret': 'hidden {{n}}'}""");
            await open.Named("parameters").FillAsync("""[{"S":"a"}]""");
            await open.Named("run").ClickAsync();
            await open.Page.GetByText("The statement is executed.").WaitForAsync();
        }

        await open.Named("statement").FillAsync($"""SELECT n, secret FROM "{table}" WHERE p = ? AND n > 1""");
        await open.Page.GetByRole(Microsoft.Playwright.AriaRole.Spinbutton).FillAsync("1");
        await open.Named("run").ClickAsync();
        await open.Page.GetByText("hidden 2").WaitForAsync();
        await open.Named("next").ClickAsync();
        await open.Page.GetByText("hidden 3").WaitForAsync();

        (await open.Named("count").InnerTextAsync()).Should().Be("1 item");
        open.Complaints.Should().BeEmpty();
        console.Log.Should().Contain($"ExecuteStatement on {table}").And.NotContain("hidden");
    }

    [Fact]
    public async Task Statement_that_is_not_well_formed_is_told_so()
    {
        await using var open = await browser.OpenAsync();
        await open.Page.GotoAsync($"{console.Url}/statement");

        await open.Named("statement").FillAsync("SELEC * FROM x");
        await open.Named("run").ClickAsync();

        await open.Page.GetByText("Statement wasn't well formed, can't be processed").WaitForAsync();
    }
}
