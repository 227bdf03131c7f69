using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Expressions;

public sealed class DocumentProjectionTests
{
    private static readonly AttributeMap Item = ItemJson.Map("""
        {
            "a": {"M": {"a": {"L": [{"N": "0"}, {"N": "1"}, {"N": "2"}]}, "z": {"N": "1"}, "b": {"N": "2"}}},
            "b": {"N": "2"}, "z": {"N": "1"},
            "l": {"L": [
                {"S": "0"}, {"S": "1"}, {"M": {"x": {"N": "1"}, "y": {"N": "2"}}}, {"L": [{"N": "30"}, {"N": "31"}]}, {"S": "4"}
            ]}
        }
        """);

    [Theory]
    [InlineData("z, b", """{"b":{"N":"2"},"z":{"N":"1"}}""")]
    [InlineData("#a.#b", """{"a":{"M":{"b":{"N":"2"}}}}""")]
    [InlineData("a.z, a.b", """{"a":{"M":{"b":{"N":"2"},"z":{"N":"1"}}}}""")]
    [InlineData("a.a[2], a.a[0]", """{"a":{"M":{"a":{"L":[{"N":"0"},{"N":"2"}]}}}}""")]
    [InlineData("l[4], l[0]", """{"l":{"L":[{"S":"0"},{"S":"4"}]}}""")]
    [InlineData("l[0], l[4]", """{"l":{"L":[{"S":"0"},{"S":"4"}]}}""")]
    [InlineData("l[2].y, l[0]", """{"l":{"L":[{"S":"0"},{"M":{"y":{"N":"2"}}}]}}""")]
    [InlineData("l[3][1], l[3][0]", """{"l":{"L":[{"L":[{"N":"30"},{"N":"31"}]}]}}""")]
    [InlineData("l[3][1]", """{"l":{"L":[{"L":[{"N":"31"}]}]}}""")]
    [InlineData("l[9], l[1]", """{"l":{"L":[{"S":"1"}]}}""")]
    [InlineData("zz, z", """{"z":{"N":"1"}}""")]
    [InlineData("a.zz, a.z", """{"a":{"M":{"z":{"N":"1"}}}}""")]
    [InlineData("a.a[9], z", """{"z":{"N":"1"}}""")]
    [InlineData("l[2].zz, l[0]", """{"l":{"L":[{"S":"0"}]}}""")]
    [InlineData("l[3][9], l[0]", """{"l":{"L":[{"S":"0"}]}}""")]
    [InlineData("l[2], l[3][0]", """{"l":{"L":[{"M":{"x":{"N":"1"},"y":{"N":"2"}}},{"L":[{"N":"30"}]}]}}""")]
    [InlineData("a.z, z, a.b", """{"a":{"M":{"b":{"N":"2"},"z":{"N":"1"}}},"z":{"N":"1"}}""")]
    [InlineData("zz", "{}")]
    [InlineData("l[9]", "{}")]
    [InlineData("a.zz", "{}")]
    [InlineData("z.x", "{}")]
    [InlineData("z[0]", "{}")]
    [InlineData("l.x", "{}")]
    [InlineData("a[0]", "{}")]
    [InlineData("a.a[9]", "{}")]
    [InlineData("l[2].zz", "{}")]
    [InlineData("a.b.c", "{}")]
    public void Projection_keeps_what_its_paths_lead_to(string text, string expected)
    {
        var projected = Parsing.Projection(text).Of(Item);

        ((object)projected).Should().Be(ItemJson.Map(expected));
    }
}
