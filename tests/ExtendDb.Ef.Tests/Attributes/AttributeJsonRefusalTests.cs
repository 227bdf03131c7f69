using System.Text;
using System.Text.Json;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Attributes;

public sealed class AttributeJsonRefusalTests(ITestOutputHelper output)
{
    private const string Everything =
        """
        {"é\u0000":{"S":"😀\n"},"n":{"N":"-1.5e3"},"b":{"B":"AP8Q"},"t":{"BOOL":true},"z":{"NULL":true},
        "m":{"M":{"l":{"L":[{"S":""},{"M":{}}]}}},"ss":{"SS":["a","b"]},"ns":{"NS":["1","2"]},"bs":{"BS":["","AA=="]}}
        """;

    [Theory]
    [InlineData("""{"v":{"S":"a","N":"1"}}""", "*more than one datatypes set, must contain exactly one of the supported datatypes")]
    [InlineData("""{"v":{"S":"a","S":"a"}}""", "*more than one datatypes set, must contain exactly one of the supported datatypes")]
    [InlineData("""{"v":{}}""", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("""{"v":{"X":"a"}}""", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("""{"v":null}""", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("""{"v":{"S":null}}""", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("""{"v":{"s":"a"}}""", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [InlineData("""{"v":{"NULL":false}}""", "One or more parameter values were invalid: Null attribute value types must have the value of true")]
    [InlineData("""{"v":{"N":"abc"}}""", "The parameter cannot be converted to a numeric value: abc")]
    [InlineData("""{"v":{"SS":[]}}""", "One or more parameter values were invalid: An string set  may not be empty")]
    [InlineData("""{"v":{"BS":[]}}""", "One or more parameter values were invalid: Binary sets should not be empty")]
    [InlineData("""{"v":{"NS":[]}}""", "One or more parameter values were invalid: An number set  may not be empty")]
    [InlineData("""{"v":{"SS":["a","a"]}}""", "One or more parameter values were invalid: Input collection [a, a] contains duplicates.")]
    [InlineData("""{"v":{"NS":["1","1.0"]}}""", "*contains duplicates*")]
    [InlineData("""{"v":{"BS":["AA==","AA=="]}}""", "*contains duplicates*")]
    public void Value_that_breaks_a_rule_is_refused_in_DynamoDBs_words(string json, string message)
    {
        var read = () => AttributeJson.ReadMap(Encoding.UTF8.GetBytes(json));

        read.Should().Throw<ValidationException>().WithMessage(message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("\"a\"")]
    [InlineData("{")]
    [InlineData("{\"v\"}")]
    [InlineData("""{"v":"a"}""")]
    [InlineData("""{"v":[]}""")]
    [InlineData("""{"v":{"S":1}}""")]
    [InlineData("""{"v":{"N":1}}""")]
    [InlineData("""{"v":{"NS":[1]}}""")]
    [InlineData("""{"v":{"SS":["a",1]}}""")]
    [InlineData("""{"v":{"SS":[null]}}""")]
    [InlineData("""{"v":{"SS":"a"}}""")]
    [InlineData("""{"v":{"BOOL":"true"}}""")]
    [InlineData("""{"v":{"NULL":"true"}}""")]
    [InlineData("""{"v":{"M":[]}}""")]
    [InlineData("""{"v":{"L":{}}}""")]
    [InlineData("""{"v":{"L":["a"]}}""")]
    [InlineData("""{"v":{"B":"AP8"}}""")]
    [InlineData("""{"v":{"B":"!!!!"}}""")]
    [InlineData("""{"v":{"B":"A_-="}}""")]
    [InlineData("""{"v":{"BS":["AA==","A"]}}""")]
    [InlineData("""{"v":{"S":"a"},"v":{"S":"a"}}""")]
    [InlineData("""{"v":{"S":"a"},"\u0076":{"S":"b"}}""")]
    [InlineData("""{"v":{"M":{"a":{"S":"a"},"a":{"N":"1"}}}}""")]
    [InlineData("""{"v":{"S":"a"}} {}""")]
    [InlineData("""{"v":{"S":"a"}}x""")]
    [InlineData("""{"v":{"S":"a"},}""")]
    [InlineData("""{v:{"S":"a"}}""")]
    [InlineData("""{"v":{"S":"a"}/**/}""")]
    public void Text_of_another_shape_is_refused(string json)
    {
        var read = () => AttributeJson.ReadMap(Encoding.UTF8.GetBytes(json));

        read.Should().Throw<JsonException>();
    }

    [Theory]
    [InlineData("""{"v":{"S":"\ud83d"}}""")]
    [InlineData("""{"v":{"S":"\ude00a"}}""")]
    [InlineData("""{"\ud83d":{"S":"a"}}""")]
    [InlineData("""{"v":{"\ud83d":"a"}}""")]
    [InlineData("""{"v":{"SS":["\ud83d"]}}""")]
    [InlineData("""{"v":{"N":"\ud83d"}}""")]
    [InlineData("""{"v":{"B":"\ud83d"}}""")]
    public void Half_a_surrogate_pair_is_refused(string json)
    {
        var refusal = Refusal(Encoding.UTF8.GetBytes(json));

        refusal.Should().Match(e => e is JsonException || e is ValidationException);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        byte[] json = [.. "{\"v\":{\"S\":\""u8, 0xC3, 0x28, .. "\"}}"u8];

        var refusal = Refusal(json);

        refusal.Should().Match(e => e is JsonException || e is ValidationException);
    }

    [Fact]
    public void Text_cut_off_at_any_byte_is_refused()
    {
        var json = Encoding.UTF8.GetBytes(Everything);

        var refusals = Enumerable.Range(0, json.Length).Select(length => Refusal(json[..length]));

        Refusal(json).Should().BeNull();
        refusals.Should().AllBeAssignableTo<JsonException>();
    }

    [Fact]
    public void Damaged_text_is_read_or_refused_and_nothing_else()
    {
        var random = SeededRandom.Printed(output);
        var damaged = Enumerable.Range(0, 20_000).Select(_ =>
        {
            var json = Encoding.UTF8.GetBytes(Everything);
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                json[random.Next(json.Length)] = random.Next(2) == 0
                    ? (byte)random.Next(256)
                    : random.OneOf("\"\\{}[]:,u0d8"u8);
            }

            return json;
        });

        var others = damaged.Select(json => (Convert.ToBase64String(json), Error: Refusal(json)))
            .Where(r => r.Error is not (null or JsonException or ValidationException))
            .Select(r => (r.Item1, r.Error!.GetType().Name)).Take(3);

        others.Should().BeEmpty();
    }

    [Fact]
    public void Nesting_of_100000_levels_is_refused()
    {
        var json = string.Concat(Enumerable.Repeat("{\"M\":{\"a\":", 100_000));

        var refusal = Refusal(Encoding.UTF8.GetBytes("{\"a\":" + json));

        refusal.Should().BeAssignableTo<JsonException>();
    }

    private static Exception? Refusal(byte[] json) => Record.Exception(() => AttributeJson.ReadMap(json));
}
