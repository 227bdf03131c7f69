using System.Globalization;
using System.Numerics;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Tests.Attributes;

/// <summary>A number as text together with its exact value, which no code of the product has worked out.</summary>
/// <param name="Text">How the number is written.</param>
/// <param name="Scaled">The number times 10 to the 200th: a whole number, whatever DynamoDB's number.</param>
internal sealed record SampleNumber(string Text, BigInteger Scaled)
{
    private const int Shift = 200;

    public DynamoNumber Parsed => DynamoNumber.Parse(Text);

    /// <summary>Gets the text that DynamoDB gives back: plain digits without needless zeros.</summary>
    public string Plain
    {
        get
        {
            var digits = BigInteger.Abs(Scaled).ToString(CultureInfo.InvariantCulture).PadLeft(Shift + 1, '0');
            var plain = (digits[..^Shift] + "." + digits[^Shift..]).TrimEnd('0').TrimEnd('.');
            return Scaled.Sign < 0 ? "-" + plain : plain;
        }
    }

    /// <summary>Makes the number ±coefficient × 10^scale.</summary>
    public static SampleNumber Of(BigInteger coefficient, int scale) => new(
        string.Create(CultureInfo.InvariantCulture, $"{coefficient}e{scale}"),
        coefficient * BigInteger.Pow(10, Shift + scale));
}

internal static class RandomNumbers
{
    /// <summary>Zero, both ends of the range on both sides of zero, and their nearest neighbours.</summary>
    public static IEnumerable<SampleNumber> Extremes()
    {
        var nines = BigInteger.Pow(10, 38) - 1;
        yield return SampleNumber.Of(0, 0);
        foreach (var sign in new[] { 1, -1 })
        {
            yield return SampleNumber.Of(sign, -130);
            yield return SampleNumber.Of(sign * (BigInteger.Pow(10, 37) + 1), -167);
            yield return SampleNumber.Of(sign * nines, -167);
            yield return SampleNumber.Of(sign, -129);
            yield return SampleNumber.Of(sign * 99, -2);
            yield return SampleNumber.Of(sign * nines, -38);
            yield return SampleNumber.Of(sign, 0);
            yield return SampleNumber.Of(sign * (BigInteger.Pow(10, 37) + 1), -37);
            yield return SampleNumber.Of(sign * 10, 0);
            yield return SampleNumber.Of(sign * 101, -1);
            yield return SampleNumber.Of(sign, 125);
            yield return SampleNumber.Of(sign * nines, 88);
            yield return SampleNumber.Of(sign * (nines - 1), 88);
        }
    }

    public static SampleNumber Next(SeededRandom random)
    {
        var digits = random.OneOf(1, 2, 3, 37, 38, random.Next(1, 39));
        BigInteger coefficient = random.Next(1, 10);
        var zeros = random.Next(3) == 0;
        for (var i = 1; i < digits; i++)
        {
            coefficient = coefficient * 10 + (zeros ? random.OneOf(0, 0, 0, 9) : random.Next(10));
        }

        var exponent = random.OneOf(-130, 125, 0, 1, -1, random.Next(-130, 126));
        return SampleNumber.Of(random.OneOf(1, -1) * coefficient, exponent - digits + 1);
    }

    /// <summary>Returns random numbers, some of them close together, among the extremes.</summary>
    public static List<SampleNumber> Many(SeededRandom random, int count)
    {
        List<SampleNumber> numbers = [.. Extremes()];
        while (numbers.Count < count)
        {
            numbers.Add(Next(random));
        }

        return numbers;
    }
}
