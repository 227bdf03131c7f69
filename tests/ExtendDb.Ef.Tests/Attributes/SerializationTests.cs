using System.Text.Json;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Attributes;

/// <summary>What System.Text.Json makes of attributes, with the options of an application.</summary>
public sealed partial class SerializationTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly AttributeMap Song = new() { ["Song"] = "Ey", ["Year"] = 2013, ["Tags"] = new AttributeValue.SS("a", "b") };

    public static TheoryData<string, AttributeValue> Values => new()
    {
        { """{"S":"a"}""", "a" },
        { """{"N":"-12.5"}""", -12.5m },
        { """{"B":"AQI="}""", new byte[] { 1, 2 } },
        { """{"BOOL":true}""", true },
        { """{"NULL":true}""", new AttributeValue.NULL() },
        { """{"M":{"a":{"N":"1"}}}""", new AttributeMap { ["a"] = 1 } },
        { """{"L":[{"N":"1"},{"S":"b"}]}""", new AttributeValue.L(1, "b") },
        { """{"SS":["a","b"]}""", new AttributeValue.SS("a", "b") },
        { """{"NS":["1","2"]}""", new AttributeValue.NS(DynamoNumber.Parse("1"), DynamoNumber.Parse("2")) },
        { """{"BS":["AQ=="]}""", new AttributeValue.BS(new byte[] { 1 }) },
    };

    [Fact]
    public void Item_is_DynamoDB_JSON_and_comes_back()
    {
        var json = JsonSerializer.Serialize(Song, Web);

        json.Should().Be("""{"Song":{"S":"Ey"},"Year":{"N":"2013"},"Tags":{"SS":["a","b"]}}""");
        JsonSerializer.Deserialize<AttributeMap>(json, Web).Should().Equal(Song);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_of_each_type_is_DynamoDB_JSON_whatever_type_is_declared(string json, AttributeValue value)
    {
        JsonSerializer.Serialize(value).Should().Be(json);
        JsonSerializer.Serialize<object>(value).Should().Be(json);
        JsonSerializer.Serialize(value, value.GetType()).Should().Be(json);
        JsonSerializer.Deserialize<AttributeValue>(json).Should().Be(value);
        JsonSerializer.Deserialize(json, value.GetType()).Should().Be(value);
    }

    [Fact]
    public void JSON_of_another_type_than_the_declared_one_is_refused()
    {
        var refused = () => JsonSerializer.Deserialize<AttributeValue.S>("""{"N":"1"}""");

        refused.Should().Throw<JsonException>().WithMessage("The value has the type N, and S was expected.*");
    }

    [Fact]
    public void Attributes_within_an_object_of_the_application_come_back_too()
    {
        var page = new Page([Song, Song], "a", DynamoNumber.Parse("12345678901234567890123456789012345678"), Null: null);

        var json = JsonSerializer.Serialize(page, Web);

        json.Should().Contain("\"total\":12345678901234567890123456789012345678");
        JsonSerializer.Deserialize<Page>(json, Web).Should().BeEquivalentTo(page, options => options.ComparingByValue<AttributeMap>());
    }

    [Fact]
    public void Source_generated_contracts_write_the_same()
    {
        var page = new Page([Song], "a", DynamoNumber.Parse("1.50"), Null: null);

        JsonSerializer.Serialize(page, Contracts.Default.Page).Should().Be(JsonSerializer.Serialize(page));
    }

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("\"1.5\"", "1.5")]
    [InlineData("1e3", "1000")]
    [InlineData("-0", "0")]
    public void Number_is_read_from_a_number_or_a_text(string json, string number) =>
        JsonSerializer.Deserialize<DynamoNumber>(json).Should().Be(DynamoNumber.Parse(number));

    [Fact]
    public void Item_is_plain_JSON_on_demand()
    {
        var item = new AttributeMap
        {
            ["Text"] = "a\"ü",
            ["Number"] = DynamoNumber.Parse("12345678901234567890123456789012345678"),
            ["Binary"] = new byte[] { 1, 2 },
            ["Yes"] = true,
            ["Null"] = new AttributeValue.NULL(),
            ["Map"] = new AttributeMap { ["List"] = new AttributeValue.L(1, "b", new AttributeValue.L()) },
            ["Set"] = new AttributeValue.NS(DynamoNumber.Parse("1"), DynamoNumber.Parse("2")),
        };

        item.ToJson().Should().Be(
            """
            {"Text":"a\"ü","Number":12345678901234567890123456789012345678,"Binary":"AQI=","Yes":true,"Null":null,"Map":{"List":[1,"b",[]]},"Set":[1,2]}
            """);
        item.ToJson(indented: true).Should().Contain("\n");
    }

    [Fact]
    public void Random_items_without_sets_and_binaries_come_back_from_plain_JSON()
    {
        var random = SeededRandom.Printed(output);
        var items = Enumerable.Range(0, 2_000).Select(_ => Plain(RandomValues.Map(random, depth: 4))).ToList();

        items.Where(item => !AttributeMap.FromJson(item.ToJson(random.Next(2) == 0)).Equals(item)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("", "*")]
    [InlineData("[]", "The JSON is not an object.*")]
    [InlineData("""{"a":1} {}""", "*")]
    [InlineData("""{"a":1,"a":2}""", "The attribute 'a' is given twice.*")]
    [InlineData("""{"a":"\ud800"}""", "A string before byte * is no Unicode text.*")]
    public void What_is_no_object_of_plain_JSON_is_refused(string json, string message)
    {
        var refused = () => AttributeMap.FromJson(json);

        refused.Should().Throw<JsonException>().WithMessage(message);
    }

    [Theory]
    [InlineData("1e126")]
    [InlineData("123456789012345678901234567890123456789")]
    public void Plain_number_that_DynamoDB_does_not_have_is_refused(string json)
    {
        var refused = () => AttributeValue.FromJson(json);

        refused.Should().Throw<ValidationException>();
    }

    [Fact]
    public void Nesting_of_plain_JSON_has_an_end()
    {
        var refused = () => AttributeValue.FromJson(new string('[', 100_000));

        refused.Should().Throw<JsonException>();
    }

    // What plain JSON can hold: neither sets nor binaries.
    private static AttributeMap Plain(AttributeMap map) => new(map.Where(a => IsPlain(a.Value)).Select(
        a => KeyValuePair.Create(a.Key, Plain(a.Value))));

    private static AttributeValue Plain(AttributeValue value) => value switch
    {
        AttributeValue.M(var members) => Plain(members),
        AttributeValue.L list => new AttributeValue.L(list.Where(IsPlain).Select(Plain)),
        _ => value,
    };

    private static bool IsPlain(AttributeValue value) =>
        value is not (AttributeValue.B or AttributeValue.SS or AttributeValue.NS or AttributeValue.BS);

    private sealed record Page(IReadOnlyList<AttributeMap> Items, AttributeValue Value, DynamoNumber Total, AttributeMap? Null);

    [JsonSerializable(typeof(Page))]
    private sealed partial class Contracts : JsonSerializerContext;
}
