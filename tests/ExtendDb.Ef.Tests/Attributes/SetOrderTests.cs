using System.Text;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Attributes;

/// <summary>DynamoDB returns sets sorted, whatever the order in which they were given.</summary>
public sealed class SetOrderTests(ITestOutputHelper output)
{
    [Fact]
    public void Strings_are_sorted_by_their_bytes_in_UTF8()
    {
        // U+FF5E is one unit of UTF-16 above the surrogates, but three bytes of UTF-8 below four.
        var set = new AttributeValue.SS("b", "a", "B", "\U0001F600", "é", "\uFF5E", "", "aa");

        set.Value.Should().Equal("", "B", "a", "aa", "b", "é", "\uFF5E", "\U0001F600");
    }

    [Fact]
    public void Numbers_are_sorted_by_their_values()
    {
        var set = new AttributeValue.NS(new[] { "10", "9", "-1", "1.5", "0", "-10", "1E-130" }.Select(n => DynamoNumber.Parse(n)));

        set.Value.Select(n => n.CompareTo(default)).Should().BeInAscendingOrder();
        set.Value.Select(n => n.ToString()[..Math.Min(3, n.ToString().Length)]).Should().Equal("-10", "-1", "0", "0.0", "1.5", "9", "10");
    }

    [Fact]
    public void Binaries_are_sorted_by_their_bytes()
    {
        var set = new AttributeValue.BS(new byte[] { 0x80 }, new byte[] { 0x7F, 0x00 }, Array.Empty<byte>(), new byte[] { 0x7F });

        set.Value.Select(b => Convert.ToHexString(b.Span)).Should().Equal("", "7F", "7F00", "80");
    }

    [Fact]
    public void Set_that_was_stored_in_another_order_is_read_sorted()
    {
        var stored = AttributeJson.ReadMap("""{"v":{"SS":["b","a"]},"w":{"L":[{"NS":["10","9"]}]}}"""u8);

        var json = AttributeJson.WriteString(new AttributeValue.M(stored));

        json.Should().Be("""{"M":{"v":{"SS":["a","b"]},"w":{"L":[{"NS":["9","10"]}]}}}""");
    }

    [Fact]
    public void Random_set_is_sorted_and_whole()
    {
        var random = SeededRandom.Printed(output);

        for (var round = 0; round < 200; round++)
        {
            var texts = Enumerable.Range(0, random.Next(1, 12))
                .Select(_ => string.Concat(Enumerable.Range(0, random.Next(0, 4)).Select(_ => Rune(random)))).Distinct().ToList();

            var set = new AttributeValue.SS(texts);

            set.Value.Should().BeEquivalentTo(texts);
            set.Value.Select(Encoding.UTF8.GetBytes).Should().BeInAscendingOrder(
                Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y)));
        }
    }

    private static string Rune(SeededRandom random)
    {
        while (true)
        {
            if (System.Text.Rune.TryCreate(random.Next(0, 0x11_0000), out var rune))
            {
                return rune.ToString();
            }
        }
    }
}
