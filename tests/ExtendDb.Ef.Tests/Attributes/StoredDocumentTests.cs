using System.Text.Json;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Attributes;

public sealed class StoredDocumentTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_documents_come_back_equal()
    {
        var random = SeededRandom.Printed(output);
        var maps = Enumerable.Range(0, 2_000).Select(_ => RandomValues.Map(random, depth: 3)).ToList();

        var back = maps.Select(map => StoredDocument.Read(StoredDocument.Write(map)));

        maps.Zip(back).Where(pair => !pair.First.Equals(pair.Second)).Should().BeEmpty();
    }

    [Fact]
    public void No_name_or_string_of_a_stored_document_holds_U0000()
    {
        var random = SeededRandom.Printed(output);
        var maps = Enumerable.Range(0, 1_000).Select(_ => RandomValues.Map(random, depth: 3));

        var strings = maps.SelectMany(map => Strings(JsonDocument.Parse(StoredDocument.Write(map)).RootElement)).ToList();

        strings.Should().NotBeEmpty();
        strings.Where(s => s.Contains('\0')).Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\0\0")]
    [InlineData("\u0001")]
    [InlineData("\u00010")]
    [InlineData("\u00011")]
    [InlineData("\u0001\0")]
    [InlineData("\0\u0001")]
    [InlineData("a\u0001")]
    [InlineData("\u0001\u00010")]
    [InlineData("\\u0000")]
    public void String_beside_the_escape_character_comes_back_as_name_value_and_member(string text)
    {
        var map = new AttributeMap
        {
            [text] = text,
            ["m"] = new AttributeMap { [text] = new AttributeValue.SS(text) },
            ["l"] = new AttributeValue.L(text),
        };

        var back = StoredDocument.ReadText(StoredDocument.WriteText(map));

        ((object)back).Should().Be(map);
    }

    [Fact]
    public void Different_strings_are_stored_as_different_strings()
    {
        char[] alphabet = ['\0', '\u0001', '0', '1'];
        var texts = (
            from length in Enumerable.Range(0, 6)
            from number in Enumerable.Range(0, (int)Math.Pow(4, length))
            select string.Concat(Enumerable.Range(0, length).Select(i => alphabet[(number >> (2 * i)) & 3]))).ToList();

        var stored = texts.Select(NulEscaping.Stored.Encode).ToList();

        stored.Should().OnlyHaveUniqueItems();
        stored.Select(NulEscaping.Stored.Decode).Should().Equal(texts);
    }

    [Fact]
    public void String_without_control_characters_is_stored_plainly()
    {
        var map = new AttributeMap { ["Name"] = "漢字 <&> 😀", ["Year"] = 2013 };

        var stored = StoredDocument.WriteText(map);

        using var json = JsonDocument.Parse(stored);
        json.RootElement.GetProperty("Name").GetProperty("S").GetString().Should().Be("漢字 <&> 😀");
        json.RootElement.GetProperty("Year").GetProperty("N").GetString().Should().Be("2013");
    }

    [Fact]
    public void U0001_of_the_wire_is_not_taken_for_an_escape()
    {
        var json = """{"\u00010":{"S":"\u00010"}}"""u8;

        var map = AttributeJson.ReadMap(json);

        ((object)map).Should().Be(new AttributeMap { ["\u00010"] = "\u00010" });
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Strings(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };
}
