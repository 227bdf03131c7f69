using System.Text;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Tests.Attributes;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Keys;

public sealed class SortKeyEncodingTests(ITestOutputHelper output)
{
    private static int ByteOrder(byte[] left, byte[] right) => Math.Sign(left.AsSpan().SequenceCompareTo(right));

    [Fact]
    public void Byte_order_of_encoded_numbers_is_their_numeric_order()
    {
        var numbers = RandomNumbers.Many(SeededRandom.Printed(output), 500)
            .Select(n => (n.Text, n.Scaled, Bytes: SortKeyEncoding.Encode(n.Parsed))).ToList();

        var wrong =
            from left in numbers
            from right in numbers
            where ByteOrder(left.Bytes, right.Bytes) != left.Scaled.CompareTo(right.Scaled)
            select (left.Text, right.Text);

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Byte_order_of_encoded_neighbours_is_their_numeric_order()
    {
        var random = SeededRandom.Printed(output);
        var pairs = Enumerable.Range(0, 5_000).Select(_ =>
        {
            var scale = random.Next(-130, 80);
            var coefficient = random.NextInt64(1, 10_000_000) * random.OneOf(1, -1);
            return (Low: SampleNumber.Of(coefficient - 1, scale), High: SampleNumber.Of(coefficient, scale));
        });

        var wrong = pairs.Where(p =>
            ByteOrder(SortKeyEncoding.Encode(p.Low.Parsed), SortKeyEncoding.Encode(p.High.Parsed)) >= 0);

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Encoded_number_is_decoded_to_the_same_number()
    {
        var numbers = RandomNumbers.Many(SeededRandom.Printed(output), 5_000).Select(n => n.Parsed).ToList();

        var back = numbers.Select(n => SortKeyEncoding.DecodeNumber(SortKeyEncoding.Encode(n)));

        back.Should().Equal(numbers);
        back.Select(n => n.ToString()).Should().Equal(numbers.Select(n => n.ToString()));
    }

    [Fact]
    public void Every_number_fits_into_a_short_sort_key()
    {
        var numbers = RandomNumbers.Many(SeededRandom.Printed(output), 1_000);

        var longest = numbers.Max(n => SortKeyEncoding.Encode(n.Parsed).Length);

        longest.Should().BeLessThanOrEqualTo(22);
    }

    [Fact]
    public void Byte_order_of_encoded_strings_is_the_order_of_their_code_points()
    {
        var random = SeededRandom.Printed(output);
        string[] extremes = ["", "\0", "\0\0", "a", "a\0", "\u007f", "\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "😀", "\U0010FFFF"];
        var texts = extremes.Concat(Enumerable.Range(0, 300).Select(_ => RandomValues.Text(random))).ToList();

        var wrong =
            from left in texts
            from right in texts
            where ByteOrder(SortKeyEncoding.Encode(left), SortKeyEncoding.Encode(right)) != CodePointOrder(left, right)
            select (left, right);

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Byte_order_of_encoded_binaries_is_the_order_of_unsigned_bytes()
    {
        var random = SeededRandom.Printed(output);
        byte[][] extremes = [[], [0], [0, 0], [0x7F], [0x80], [0xFF], [0xFF, 0], [0xFF, 0xFF], new byte[1024]];
        var binaries = extremes.Concat(Enumerable.Range(0, 300).Select(_ => random.Bytes(random.Next(5)))).ToList();

        var wrong =
            from left in binaries
            from right in binaries
            where ByteOrder(SortKeyEncoding.Encode((AttributeValue)left), SortKeyEncoding.Encode((AttributeValue)right))
                != UnsignedOrder(left, right)
            select (Convert.ToHexString(left), Convert.ToHexString(right));

        wrong.Should().BeEmpty();
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("FF", null)]
    [InlineData("FFFFFFFF", null)]
    [InlineData("00", "01")]
    [InlineData("61", "62")]
    [InlineData("61FF", "62")]
    [InlineData("61FFFF", "62")]
    [InlineData("FF00", "FF01")]
    [InlineData("FFFEFF", "FFFF")]
    public void Bytes_after_a_prefix_carry_over_0xFF(string prefix, string? after)
    {
        var bytes = Convert.FromHexString(prefix);

        var found = SortKeyEncoding.AfterPrefix(bytes);

        (found is null ? null : Convert.ToHexString(found)).Should().Be(after);
        Convert.ToHexString(bytes).Should().Be(prefix, "the prefix itself is left alone");
    }

    [Fact]
    public void Value_that_cannot_be_a_key_is_not_encoded()
    {
        AttributeValue[] values = [true, new AttributeValue.NULL(), new AttributeMap(), new AttributeValue.SS("a")];

        var errors = values.Select(v => Record.Exception(() => SortKeyEncoding.Encode(v)));

        errors.Should().AllBeOfType<ArgumentOutOfRangeException>();
    }

    private static int CodePointOrder(string left, string right)
    {
        var (l, r) = (left.EnumerateRunes().ToList(), right.EnumerateRunes().ToList());
        foreach (var (ours, theirs) in l.Zip(r))
        {
            if (ours != theirs)
            {
                return ours.Value < theirs.Value ? -1 : 1;
            }
        }

        return l.Count.CompareTo(r.Count);
    }

    private static int UnsignedOrder(byte[] left, byte[] right)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (left[i] != right[i])
            {
                return left[i] < right[i] ? -1 : 1;
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
