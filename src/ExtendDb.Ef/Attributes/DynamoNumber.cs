using System.Globalization;
using System.Numerics;

namespace ExtendDb.Ef.Model;

/// <summary>A DynamoDB number: exact, up to 38 significant digits, magnitude 1E-130 to 9.99…E+125, or zero.</summary>
/// <remarks>
/// Kept normalised: a sign, a coefficient without trailing zeros, and the power of ten of its last digit; so equal
/// numbers are equal bit for bit, and -0 is 0. Source: DynamoDB developer guide, Naming rules and data types, Number.
/// </remarks>
public readonly struct DynamoNumber : IEquatable<DynamoNumber>, IComparable<DynamoNumber>
{
    /// <summary>The most significant digits a number can have.</summary>
    public const int MaxDigits = 38;

    /// <summary>The smallest power of ten that a first digit can stand for.</summary>
    public const int MinExponent = -130;

    /// <summary>The largest power of ten that a first digit can stand for.</summary>
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

    /// <summary>Gets -1, 0 or 1.</summary>
    public int Sign => _coefficient == 0 ? 0 : _negative ? -1 : 1;

    /// <summary>Gets the power of ten that the first digit stands for; 0 for zero.</summary>
    internal int Exponent => _coefficient == 0 ? 0 : Digits().Length - 1 + _scale;

    /// <summary>Tells whether two numbers are the same number.</summary>
    public static bool operator ==(DynamoNumber left, DynamoNumber right) => left.Equals(right);

    /// <summary>Tells whether two numbers differ.</summary>
    public static bool operator !=(DynamoNumber left, DynamoNumber right) => !left.Equals(right);

    /// <summary>Tells whether the left number is the smaller one.</summary>
    public static bool operator <(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) < 0;

    /// <summary>Tells whether the left number is not the larger one.</summary>
    public static bool operator <=(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Tells whether the left number is the larger one.</summary>
    public static bool operator >(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) > 0;

    /// <summary>Tells whether the left number is not the smaller one.</summary>
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
        return Parse($"{sum}E{scale}");
    }

    /// <summary>Subtracts a number from another exactly.</summary>
    /// <exception cref="ValidationException">The difference has more than 38 digits, or is out of range.</exception>
    public static DynamoNumber operator -(DynamoNumber left, DynamoNumber right) => left + -right;

    /// <summary>Returns the number with the other sign.</summary>
    public static DynamoNumber operator -(DynamoNumber number) =>
        new(number.Sign > 0, number._coefficient, number._scale);

    /// <summary>Adds two numbers exactly.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">Another.</param>
    /// <returns>The sum.</returns>
    public static DynamoNumber Add(DynamoNumber left, DynamoNumber right) => left + right;

    /// <summary>Subtracts a number from another exactly.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">What is subtracted.</param>
    /// <returns>The difference.</returns>
    public static DynamoNumber Subtract(DynamoNumber left, DynamoNumber right) => left - right;

    /// <summary>Returns a number with the other sign.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The number below zero that is as far from it, or above.</returns>
    public static DynamoNumber Negate(DynamoNumber number) => -number;

    /// <summary>Reads a number from decimal text.</summary>
    /// <param name="text">Digits with an optional sign, point and exponent, such as <c>-12.50e3</c>.</param>
    /// <returns>The number, normalised.</returns>
    /// <exception cref="ValidationException">The text is no number, has more than 38 digits, or is out of range.</exception>
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
                    // Zeros count only once another digit follows them; leading ones never do.
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

        if (coefficient == 0)
        {
            return default;
        }

        var scale = (long)exponent - fraction + pendingZeros;
        return (digits - 1 + scale) switch
        {
            > MaxExponent => throw new ValidationException(
                "Number overflow. Attempting to store a number with magnitude larger than supported range"),
            < MinExponent => throw new ValidationException(
                "Number underflow. Attempting to store a number with magnitude smaller than supported range"),
            _ => new(negative, coefficient, (int)scale),
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
            // The same first power of ten: the digits decide, a prefix being the smaller one as it stands for zeros.
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

    /// <summary>Returns the number as DynamoDB gives it back: plain digits, no exponent, no needless zeros.</summary>
    /// <returns>Such as <c>-42.12</c>; 1E125 has 126 digits.</returns>
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

    /// <summary>Makes a number of its parts, which come from an encoded key and so are in range and normalised.</summary>
    internal static DynamoNumber FromParts(bool negative, UInt128 coefficient, int scale) =>
        new(negative, coefficient, scale);

    /// <summary>Returns the significant digits; "0" for zero.</summary>
    internal string Digits() => _coefficient.ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the number as a multiple of a power of ten that divides it.</summary>
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

            // Far out of range either way; stopping here keeps a thousand digits of exponent from overflowing.
            exponent = Math.Min(exponent * 10 + (c - '0'), 100_000_000);
        }

        exponent = negative ? -exponent : exponent;
        return true;
    }

    private static ValidationException NotANumber(ReadOnlySpan<char> text) =>
        new($"The parameter cannot be converted to a numeric value: {text}");
}
