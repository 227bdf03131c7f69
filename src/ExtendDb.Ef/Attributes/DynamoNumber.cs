using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;
using ExtendDb.Ef.Attributes.Json;

namespace ExtendDb.Ef.Model;

/// <summary>A DynamoDB number: exact, up to 38 significant digits, magnitude 1E-130 to 9.99…E+125, or zero.</summary>
/// <remarks>
/// A number is kept normalised, as a sign, a coefficient without trailing zeros, and the power of ten of its last
/// digit. So equal numbers are equal bit for bit, and -0 is 0. Source: DynamoDB developer guide, Naming rules and data
/// types, Number. System.Text.Json writes it as a JSON number, and reads it from a JSON number or a string.
/// </remarks>
[JsonConverter(typeof(DynamoNumberJsonConverter))]
public readonly struct DynamoNumber : IEquatable<DynamoNumber>, IComparable<DynamoNumber>
{
    /// <summary>The largest number of significant digits.</summary>
    public const int MaxDigits = 38;

    /// <summary>The smallest power of ten of a first digit.</summary>
    public const int MinExponent = -130;

    /// <summary>The largest power of ten of a first digit.</summary>
    public const int MaxExponent = 125;

    private readonly UInt128 _coefficient;
    private readonly short _scale;
    private readonly bool _negative;

    private DynamoNumber(bool negative, UInt128 coefficient, int scale)
    {
        _negative = negative;
        _coefficient = coefficient;
        _scale = (short)scale;
    }

    /// <summary>Gets -1 for a negative number, 0 for zero, and 1 for a positive number.</summary>
    public int Sign => _coefficient == 0 ? 0 : _negative ? -1 : 1;

    /// <summary>Gets the power of ten of the first digit; 0 for zero.</summary>
    internal int Exponent => _coefficient == 0 ? 0 : Digits().Length - 1 + _scale;

    /// <summary>Returns whether two numbers are equal.</summary>
    public static bool operator ==(DynamoNumber left, DynamoNumber right) => left.Equals(right);

    /// <summary>Returns whether two numbers differ.</summary>
    public static bool operator !=(DynamoNumber left, DynamoNumber right) => !left.Equals(right);

    /// <summary>Returns whether the left number is less than the right one.</summary>
    public static bool operator <(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) < 0;

    /// <summary>Returns whether the left number is less than or equal to the right one.</summary>
    public static bool operator <=(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Returns whether the left number is greater than the right one.</summary>
    public static bool operator >(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) > 0;

    /// <summary>Returns whether the left number is greater than or equal to the right one.</summary>
    public static bool operator >=(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) >= 0;

    /// <summary>Adds two numbers exactly.</summary>
    /// <exception cref="ValidationException">The sum has more than 38 digits, or is out of range.</exception>
    public static DynamoNumber operator +(DynamoNumber left, DynamoNumber right)
    {
        if (left.Sign == 0 || right.Sign == 0)
        {
            return left.Sign == 0 ? right : left;
        }

        var scale = Math.Min(left._scale, right._scale);
        var sum = left.Scaled(scale) + right.Scaled(scale);
        if (sum.IsZero)
        {
            return default;
        }

        var text = sum.ToString(CultureInfo.InvariantCulture);
        var digits = text.AsSpan().TrimStart('-');

        // Where it is the integer part that has too many digits, DynamoDB finds the number too large, not too precise.
        return digits.TrimEnd('0').Length > MaxDigits && digits.Length + scale > MaxDigits
            ? throw Overflow()
            : Parse($"{text}E{scale}");
    }

    /// <summary>Subtracts the right number from the left one exactly.</summary>
    /// <exception cref="ValidationException">The difference has more than 38 digits, or is out of range.</exception>
    public static DynamoNumber operator -(DynamoNumber left, DynamoNumber right) => left + -right;

    /// <summary>Negates a number.</summary>
    public static DynamoNumber operator -(DynamoNumber number) =>
        new(number.Sign > 0, number._coefficient, number._scale);

    /// <summary>Adds two numbers exactly.</summary>
    /// <returns>The sum.</returns>
    public static DynamoNumber Add(DynamoNumber left, DynamoNumber right) => left + right;

    /// <summary>Subtracts the right number from the left one exactly.</summary>
    /// <returns>The difference.</returns>
    public static DynamoNumber Subtract(DynamoNumber left, DynamoNumber right) => left - right;

    /// <summary>Negates a number.</summary>
    /// <returns>The number with the opposite sign.</returns>
    public static DynamoNumber Negate(DynamoNumber number) => -number;

    /// <summary>Parses a number from decimal text.</summary>
    /// <param name="text">Digits with an optional sign, point and exponent, such as <c>-12.50e3</c>.</param>
    /// <returns>The number, normalised.</returns>
    /// <exception cref="ValidationException">
    /// The text is not a number, has more than 38 digits, or is out of range.
    /// </exception>
    public static DynamoNumber Parse(ReadOnlySpan<char> text)
    {
        var rest = text.Trim();
        if (!rest.Equals(text, StringComparison.Ordinal) || rest.IsEmpty)
        {
            throw NotANumber(text);
        }

        var negative = rest[0] == '-';
        if (rest[0] is '-' or '+')
        {
            rest = rest[1..];
        }

        UInt128 coefficient = 0;
        var digits = 0;
        var pendingZeros = 0;
        var fraction = 0;
        var seenDigit = false;
        var seenPoint = false;
        var at = 0;
        for (; at < rest.Length; at++)
        {
            var c = rest[at];
            if (c == '.' && !seenPoint)
            {
                seenPoint = true;
            }
            else if (char.IsAsciiDigit(c))
            {
                seenDigit = true;
                fraction += seenPoint ? 1 : 0;
                if (c == '0')
                {
                    // A zero counts only when another digit follows it; leading zeros never count.
                    pendingZeros += digits > 0 ? 1 : 0;
                    continue;
                }

                digits += pendingZeros + 1;
                if (digits > MaxDigits)
                {
                    throw new ValidationException("Attempting to store more than 38 significant digits in a Number");
                }

                coefficient = coefficient * PowerOfTen(pendingZeros + 1) + (uint)(c - '0');
                pendingZeros = 0;
            }
            else
            {
                break;
            }
        }

        var exponent = 0;
        if (at < rest.Length)
        {
            if (rest[at] is not ('e' or 'E') || !TryParseExponent(rest[(at + 1)..], out exponent))
            {
                throw NotANumber(text);
            }
        }

        if (!seenDigit)
        {
            throw NotANumber(text);
        }

        // The exponent of a zero counts too: 0E126 is out of range.
        var scale = (long)exponent - fraction + pendingZeros;
        return (Math.Max(digits, 1) - 1 + scale) switch
        {
            > MaxExponent => throw Overflow(),
            < MinExponent => throw new ValidationException(
                "Number underflow. Attempting to store a number with magnitude smaller than supported range"),
            _ => coefficient == 0 ? default : new(negative, coefficient, (int)scale),
        };
    }

    /// <inheritdoc/>
    public int CompareTo(DynamoNumber other)
    {
        if (Sign != other.Sign || Sign == 0)
        {
            return Sign.CompareTo(other.Sign);
        }

        var magnitudes = Exponent.CompareTo(other.Exponent);
        if (magnitudes == 0)
        {
            // The first digits have the same power of ten, so the digits decide; a prefix is smaller, because zeros
            // follow it.
            magnitudes = string.CompareOrdinal(Digits(), other.Digits());
        }

        return _negative ? -magnitudes : magnitudes;
    }

    /// <inheritdoc/>
    public bool Equals(DynamoNumber other) =>
        _negative == other._negative && _coefficient == other._coefficient && _scale == other._scale;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DynamoNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_negative, _coefficient, _scale);

    /// <summary>Returns the number in DynamoDB's format: plain digits, no exponent, no superfluous zeros.</summary>
    /// <returns>A text such as <c>-42.12</c>; 1E125 has 126 digits.</returns>
    public override string ToString()
    {
        var digits = Digits();
        var plain = _scale >= 0
            ? digits.PadRight(digits.Length + (_coefficient == 0 ? 0 : _scale), '0')
            : -_scale < digits.Length
                ? digits.Insert(digits.Length + _scale, ".")
                : "0." + digits.PadLeft(-_scale, '0');
        return _negative ? "-" + plain : plain;
    }

    /// <summary>Creates a number from the parts of an encoded key, which are in range and normalised.</summary>
    internal static DynamoNumber FromParts(bool negative, UInt128 coefficient, int scale) =>
        new(negative, coefficient, scale);

    /// <summary>Returns the significant digits; "0" for zero.</summary>
    internal string Digits() => _coefficient.ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the number as an integer multiple of a power of ten that divides it.</summary>
    private BigInteger Scaled(int scale) => Sign * (BigInteger)_coefficient * BigInteger.Pow(10, _scale - scale);

    private static UInt128 PowerOfTen(int exponent)
    {
        UInt128 power = 1;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    private static bool TryParseExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        var magnitude = 0L;
        var negative = text is ['-', ..];
        if (text is ['-' or '+', ..])
        {
            text = text[1..];
        }

        if (text.IsEmpty)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            magnitude = magnitude * 10 + (c - '0');
            if (magnitude > int.MaxValue)
            {
                return false;
            }
        }

        exponent = (int)(negative ? -magnitude : magnitude);
        return true;
    }

    private static ValidationException Overflow() =>
        new("Number overflow. Attempting to store a number with magnitude larger than supported range");

    private static ValidationException NotANumber(ReadOnlySpan<char> text) =>
        new($"The parameter cannot be converted to a numeric value: {text}");
}
