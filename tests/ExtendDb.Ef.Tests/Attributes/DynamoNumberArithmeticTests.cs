using System.Numerics;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Attributes;

public sealed class DynamoNumberArithmeticTests(ITestOutputHelper output)
{
    private const string TooManyDigits = "Attempting to store more than 38 significant digits in a Number";
    private const string Overflow =
        "Number overflow. Attempting to store a number with magnitude larger than supported range";

    private const string Underflow =
        "Number underflow. Attempting to store a number with magnitude smaller than supported range";

    private static readonly BigInteger MaxCoefficient = BigInteger.Pow(10, 38) - 1;

    [Fact]
    public void Sums_and_differences_are_those_of_exact_whole_numbers_or_refused()
    {
        var random = SeededRandom.Printed(output);
        var numbers = RandomNumbers.Many(random, 150);

        var wrong = from a in numbers
                    from b in numbers
                    where Outcome(() => a.Parsed + b.Parsed) != Expected(a.Scaled + b.Scaled)
                        || Outcome(() => a.Parsed - b.Parsed) != Expected(a.Scaled - b.Scaled)
                        || Outcome(() => b.Parsed + a.Parsed) != Outcome(() => a.Parsed + b.Parsed)
                    select (a.Text, b.Text);

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Numbers_near_each_other_are_added_exactly()
    {
        var random = SeededRandom.Printed(output);
        for (var i = 0; i < 2_000; i++)
        {
            var scale = random.Next(-100, 80);
            var a = SampleNumber.Of(random.NextInt64() * random.OneOf(1, -1), scale);
            var b = SampleNumber.Of(random.NextInt64() * random.OneOf(1, -1), scale + random.Next(-10, 10));

            var sum = Outcome(() => a.Parsed + b.Parsed);

            sum.Should().Be(new SampleNumber(string.Empty, a.Scaled + b.Scaled).Plain, "{0} + {1}", a.Text, b.Text);
        }
    }

    [Fact]
    public void What_is_added_and_taken_away_again_leaves_the_number()
    {
        var random = SeededRandom.Printed(output);
        for (var i = 0; i < 2_000; i++)
        {
            DynamoNumber a = DynamoNumber.Parse($"{random.Next()}e{random.Next(-20, 5)}");
            DynamoNumber b = DynamoNumber.Parse($"{random.Next()}e{random.Next(-20, 5)}");

            var back = a + b - b;

            back.Should().Be(a);
            back.GetHashCode().Should().Be(a.GetHashCode());
        }
    }

    [Theory]
    [InlineData("0.1", "0.2", "0.3")]
    [InlineData("1.0", "1", "2")]
    [InlineData("99", "1", "100")]
    [InlineData("1e-130", "-1e-130", "0")]
    [InlineData("0", "-0", "0")]
    [InlineData("9e124", "1e124", "1e125")]
    [InlineData("99999999999999999999999999999999999999", "1", "1e38")]
    [InlineData("9999999999999999999999999999999999999.9", "0.1", "1e37")]
    [InlineData("-5", "3", "-2")]
    public void Sum_is_exact_and_normalised(string one, string other, string sum)
    {
        var (a, b) = (DynamoNumber.Parse(one), DynamoNumber.Parse(other));

        var results = new[] { a + b, b + a, a - -b, DynamoNumber.Add(a, b), DynamoNumber.Subtract(a, DynamoNumber.Negate(b)) };

        results.Should().AllBeEquivalentTo(DynamoNumber.Parse(sum));
        results[0].ToString().Should().Be(DynamoNumber.Parse(sum).ToString());
    }

    [Theory]
    [InlineData("1e38", "1", Overflow)]
    [InlineData("1e50", "-1", Overflow)]
    [InlineData("-1e50", "1", Overflow)]
    [InlineData("99999999999999999999999999999999999999", "0.5", TooManyDigits)]
    [InlineData("1", "1e-130", TooManyDigits)]
    [InlineData("1e125", "-1e-130", Overflow)]
    [InlineData("5e125", "5e125", Overflow)]
    [InlineData("-9e125", "-1e125", Overflow)]
    [InlineData("1.1e-130", "-1e-130", Underflow)]
    public void Sum_that_no_number_can_hold_is_refused(string one, string other, string message)
    {
        var (a, b) = (DynamoNumber.Parse(one), DynamoNumber.Parse(other));

        var add = () => a + b;

        add.Should().Throw<ValidationException>().Which.Message.Should().Be(message);
    }

    private static string Outcome(Func<DynamoNumber> compute)
    {
        try
        {
            return compute().ToString();
        }
        catch (ValidationException refused)
        {
            return refused.Message;
        }
    }

    // The whole numbers are the numbers times 10 to the 200th.
    private static string Expected(BigInteger scaled)
    {
        var coefficient = scaled;
        while (!coefficient.IsZero && coefficient % 10 == 0)
        {
            coefficient /= 10;
        }

        return BigInteger.Abs(coefficient) > MaxCoefficient
                ? BigInteger.Abs(scaled) >= BigInteger.Pow(10, 238) ? Overflow : TooManyDigits
            : BigInteger.Abs(scaled) >= BigInteger.Pow(10, 326) ? Overflow
            : !scaled.IsZero && BigInteger.Abs(scaled) < BigInteger.Pow(10, 70) ? Underflow
            : new SampleNumber(string.Empty, scaled).Plain;
    }
}
