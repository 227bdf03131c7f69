using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Tests.Attributes;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Keys;

public sealed class ClosedBytesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("", "0000000000000000F7")]
    [InlineData("61", "6100000000000000F8")]
    [InlineData("6100", "6100000000000000F9")]
    [InlineData("61626364656667", "6162636465666700FE")]
    [InlineData("6162636465666768", "6162636465666768FF0000000000000000F7")]
    public void Encoding_is_groups_of_eight_bytes_and_what_counts_of_them(string bytes, string encoded)
    {
        var found = ClosedBytes.Encode(Convert.FromHexString(bytes));

        Convert.ToHexString(found).Should().Be(encoded);
    }

    [Fact]
    public void Order_of_encodings_is_the_order_of_the_bytes_whatever_follows()
    {
        var random = SeededRandom.Printed(output);
        var values = Hostile(random);
        var tails = new byte[][] { [], [0], [0xFF], [0xFF, 0xFF], [1, 2, 3] };

        var wrong =
            from left in values
            from right in values
            let order = Math.Sign(left.AsSpan().SequenceCompareTo(right))
            where order != 0
            let found = Math.Sign(Followed(left, random.OneOf(tails)).AsSpan().SequenceCompareTo(Followed(right, random.OneOf(tails))))
            where found != order
            select (Convert.ToHexString(left), Convert.ToHexString(right));

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Encoding_adds_no_more_than_an_eighth_and_nine_bytes()
    {
        var longest = new byte[1024];

        var encoded = ClosedBytes.Encode(longest);

        encoded.Length.Should().Be(1024 * 9 / 8 + ClosedBytes.MaxAdded);
    }

    private static byte[] Followed(byte[] value, byte[] tail) => [.. ClosedBytes.Encode(value), .. tail];

    private static List<byte[]> Hostile(SeededRandom random) =>
    [
        .. Enumerable.Range(0, 20).Select(length => new byte[length]),
        .. Enumerable.Range(0, 20).Select(length => Enumerable.Repeat((byte)0xFF, length).ToArray()),
        .. Enumerable.Range(0, 200).Select(_ =>
            (byte[])[.. Enumerable.Range(0, random.Next(18)).Select(_ => random.OneOf<byte>(0, 1, 0x7F, 0xF7, 0xFE, 0xFF))]),
    ];
}
