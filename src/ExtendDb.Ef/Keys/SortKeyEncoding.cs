using System.Text;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Keys;

/// <summary>Encodes key values as bytes that compare in DynamoDB's order of the values.</summary>
/// <remarks>
/// <para>Strings are their UTF-8, binaries are as they are.</para>
/// <para>
/// A number is one byte for its sign (1 negative, 2 zero, 3 positive), one for the exponent of its first digit plus
/// 130, and one for every two digits (1 to 100, an odd last digit followed by a 0). All but the sign byte of a
/// negative number is inverted and closed by 0xFF, so that what is longer, and thus further from zero, comes first.
/// </para>
/// <para>
/// Of several values all but the last are closed, so that none is the beginning of another: strings and binaries by
/// <see cref="ClosedBytes"/>, positive numbers by 0x00. The others are closed already.
/// </para>
/// </remarks>
internal static class SortKeyEncoding
{
    private const byte Negative = 1;
    private const byte Zero = 2;
    private const byte Positive = 3;
    private const byte NegativeEnd = 0xFF;
    private const byte PositiveEnd = 0x00;

    /// <summary>The longest encoding of the values of a key, whose size together is at most that of a sort key.</summary>
    public const int MaxLength = KeySchema.MaxRangeBytes * 9 / 8 + KeySchema.MaxAttributesOfPart * ClosedBytes.MaxAdded;

    public static byte[] Encode(AttributeValue value) => value switch
    {
        AttributeValue.S s => Encoding.UTF8.GetBytes(s.Value),
        AttributeValue.N n => Encode(n.Value),
        AttributeValue.B b => b.Value.ToArray(),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.Type, "A key is of type S, N or B."),
    };

    /// <summary>Encodes values so that their bytes compare as the values do, the first one first.</summary>
    public static byte[] Encode(IReadOnlyList<AttributeValue> values) =>
        [.. values.SkipLast(1).SelectMany(EncodeClosed), .. Encode(values[^1])];

    /// <summary>Encodes a value behind which others follow.</summary>
    public static byte[] EncodeClosed(AttributeValue value) => value switch
    {
        AttributeValue.N { Value.Sign: > 0 } n => [.. Encode(n.Value), PositiveEnd],
        AttributeValue.N n => Encode(n.Value),
        _ => ClosedBytes.Encode(Encode(value)),
    };

    public static byte[] Encode(DynamoNumber number)
    {
        if (number.Sign == 0)
        {
            return [Zero];
        }

        var digits = number.Digits();
        var pairs = (digits.Length + 1) / 2;
        var negative = number.Sign < 0;
        var bytes = new byte[2 + pairs + (negative ? 1 : 0)];
        bytes[0] = negative ? Negative : Positive;
        bytes[1] = (byte)(number.Exponent - DynamoNumber.MinExponent);
        for (var i = 0; i < pairs; i++)
        {
            var units = 2 * i + 1 < digits.Length ? digits[2 * i + 1] - '0' : 0;
            bytes[2 + i] = (byte)((digits[2 * i] - '0') * 10 + units + 1);
        }

        if (negative)
        {
            foreach (ref var b in bytes.AsSpan(1, 1 + pairs))
            {
                b = (byte)~b;
            }

            bytes[^1] = NegativeEnd;
        }

        return bytes;
    }

    /// <summary>Decodes a number from its bytes.</summary>
    public static DynamoNumber DecodeNumber(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] == Zero)
        {
            return default;
        }

        var negative = bytes[0] == Negative;
        var pairs = negative ? bytes[2..^1] : bytes[2..];
        var exponent = (negative ? (byte)~bytes[1] : bytes[1]) + DynamoNumber.MinExponent;
        UInt128 coefficient = 0;
        var count = 2 * pairs.Length;
        for (var i = 0; i < pairs.Length; i++)
        {
            var pair = (byte)((negative ? (byte)~pairs[i] : pairs[i]) - 1);
            // The last digit of an odd number of digits has a 0 beside it that is not part of the number.
            var odd = i == pairs.Length - 1 && pair % 10 == 0;
            coefficient = odd ? coefficient * 10 + (uint)(pair / 10) : coefficient * 100 + pair;
            count -= odd ? 1 : 0;
        }

        return DynamoNumber.FromParts(negative, coefficient, exponent - count + 1);
    }

    /// <summary>Returns the first bytes after all that begin with a prefix; null when nothing comes after them.</summary>
    public static byte[]? AfterPrefix(ReadOnlySpan<byte> prefix)
    {
        var end = prefix.Length;
        while (end > 0 && prefix[end - 1] == 0xFF)
        {
            end--;
        }

        if (end == 0)
        {
            return null;
        }

        var after = prefix[..end].ToArray();
        after[^1]++;
        return after;
    }
}
