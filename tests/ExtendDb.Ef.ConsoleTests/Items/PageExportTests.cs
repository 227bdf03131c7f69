using System.Text;
using System.Text.Json;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.WebConsole.Items;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ConsoleTests.Items;

public sealed class PageExportTests
{
    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+44 1", "\"'+44 1\"")]
    [InlineData("-cmd", "\"'-cmd\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"")]
    public void Text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(string text, string cell) =>
        Csv(text).Should().Be(cell);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("", "")]
    public void Text_is_quoted_where_it_must_be(string text, string cell) => Csv(text).Should().Be(cell);

    [Fact]
    public void Number_stays_a_number_also_when_it_is_negative() => Csv(-12.5m).Should().Be("-12.5");

    [Fact]
    public void Name_of_an_attribute_is_defused_too()
    {
        var csv = Encoding.UTF8.GetString(PageExport.Csv([new() { ["=1"] = "a" }], ["=1"]));

        csv.TrimStart('\uFEFF').Should().StartWith("\"'=1\"\r\n");
    }

    [Fact]
    public void Attribute_that_an_item_does_not_have_is_an_empty_cell()
    {
        var csv = Encoding.UTF8.GetString(PageExport.Csv([new() { ["a"] = 1 }, new() { ["b"] = 2 }], ["a", "b"]));

        csv.TrimStart('\uFEFF').Should().Be("a,b\r\n1,\r\n,2\r\n");
    }

    [Fact]
    public void Json_reads_back_as_the_same_items()
    {
        AttributeMap item = new() { ["p"] = "x", ["set"] = new AttributeValue.SS("a", "b"), ["bytes"] = new byte[] { 1, 2 } };

        var read = JsonSerializer.Deserialize<List<AttributeMap>>(PageExport.Json([item]));

        read.Should().Equal(item);
    }

    private static string Csv(AttributeValue value) => Encoding.UTF8.GetString(PageExport.Csv([new() { ["a"] = value }], ["a"]))
        .TrimStart('\uFEFF')["a\r\n".Length..^"\r\n".Length];
}
