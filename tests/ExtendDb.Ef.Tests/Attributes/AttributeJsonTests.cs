using System.Buffers;
using System.Text;
using System.Text.Json;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Attributes;

public sealed class AttributeJsonTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_nested_values_of_all_types_come_back_equal()
    {
        var random = SeededRandom.Printed(output);
        var maps = Enumerable.Range(0, 2_000).Select(_ => RandomValues.Map(random, depth: 4)).ToList();

        var back = maps.Select(map => AttributeJson.ReadMap(AttributeJson.WriteBytes(map, NulEscaping.Plain)));

        maps.Zip(back).Where(pair => !pair.First.Equals(pair.Second)).Should().BeEmpty();
    }

    [Fact]
    public void Written_text_is_JSON_to_any_other_reader()
    {
        var random = SeededRandom.Printed(output);
        var map = new AttributeMap { ["a\0\"\\"] = RandomValues.Text(random, fragments: 200), ["b"] = "\u0001\u001f\u2028😀" };

        using var json = JsonDocument.Parse(map.ToString());

        json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => (AttributeValue)p.Value.GetProperty("S").GetString()!)
            .Should().BeEquivalentTo(map.ToDictionary(a => a.Key, a => a.Value));
    }

    [Theory]
    [InlineData("""{"v":{"S":""}}""")]
    [InlineData("""{"v":{"N":"-12.5"}}""")]
    [InlineData("""{"v":{"B":""}}""")]
    [InlineData("""{"v":{"B":"AP8Q"}}""")]
    [InlineData("""{"v":{"BOOL":false}}""")]
    [InlineData("""{"v":{"NULL":true}}""")]
    [InlineData("""{"v":{"M":{}}}""")]
    [InlineData("""{"v":{"L":[]}}""")]
    [InlineData("""{"v":{"L":[{"S":"a"},{"L":[{"NULL":true}]}]}}""")]
    [InlineData("""{"v":{"SS":["","a"]}}""")]
    [InlineData("""{"v":{"NS":["-2","1"]}}""")]
    [InlineData("""{"v":{"BS":["","AA=="]}}""")]
    [InlineData("""{"":{"S":"a"}}""")]
    [InlineData("{}")]
    public void Text_in_DynamoDB_form_is_written_as_it_was_read(string json)
    {
        var map = AttributeJson.ReadMap(Encoding.UTF8.GetBytes(json));

        var written = map.ToString();

        written.Should().Be(json);
    }

    [Fact]
    public void Escapes_in_names_values_and_types_are_understood()
    {
        var json = """{"\u0061\u0000":{"\u0053":"\ud83d\ude00\u0001\/"}}"""u8;

        var map = AttributeJson.ReadMap(json);

        ((object)map).Should().Be(new AttributeMap { ["a\0"] = "😀\u0001/" });
    }

    [Fact]
    public void Numbers_are_normalised_when_read()
    {
        var json = """{"v":{"N":"0042.1200"},"s":{"NS":["1e3","-0"]}}"""u8;

        var map = AttributeJson.ReadMap(json);

        map.ToString().Should().Be("""{"v":{"N":"42.12"},"s":{"NS":["0","1000"]}}""");
    }

    [Fact]
    public void Values_are_written_with_a_writer_of_the_callers_own()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);

        AttributeJson.Write(writer, new AttributeValue.L(1, "b", true));
        writer.Flush();

        Encoding.UTF8.GetString(buffer.WrittenSpan).Should().Be("""{"L":[{"N":"1"},{"S":"b"},{"BOOL":true}]}""");
    }

    [Fact]
    public void Reader_is_left_on_the_closing_brace()
    {
        var reader = new Utf8JsonReader("""[{"a":{"S":"b"}},7]"""u8);
        reader.Read();
        reader.Read();

        var map = AttributeJson.ReadMap(ref reader);

        map.Count.Should().Be(1);
        reader.TokenType.Should().Be(JsonTokenType.EndObject);
        reader.Read().Should().BeTrue();
        reader.GetInt32().Should().Be(7);
    }
}
