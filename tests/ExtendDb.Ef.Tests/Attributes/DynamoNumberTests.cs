using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Attributes;

public sealed class DynamoNumberTests
{
    private const string Digits38 = "12345678901234567890123456789012345678";

    [Theory]
    [InlineData("0042.1200", "42.12")]
    [InlineData("-0", "0")]
    [InlineData("-0.00e7", "0")]
    [InlineData("0e125", "0")]
    [InlineData("1e3", "1000")]
    [InlineData("+5", "5")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("5.", "5")]
    [InlineData("1E+2", "100")]
    [InlineData("12e-1", "1.2")]
    [InlineData("12e-2", "0.12")]
    [InlineData("12e-3", "0.012")]
    [InlineData("-1200e-2", "-12")]
    [InlineData("100", "100")]
    [InlineData("0.000100", "0.0001")]
    [InlineData("1e00000000000000000000000000000000000005", "100000")]
    [InlineData(Digits38, Digits38)]
    [InlineData("0000" + Digits38 + "0000.0000", Digits38 + "0000")]
    [InlineData("-0.0000" + Digits38 + "000", "-0.0000" + Digits38)]
    public void Number_comes_back_normalised(string text, string normalised)
    {
        var number = DynamoNumber.Parse(text);

        var back = number.ToString();

        back.Should().Be(normalised);
    }

    [Fact]
    public void Largest_exponent_comes_back_as_126_digits()
    {
        var number = DynamoNumber.Parse("1E125");

        var back = number.ToString();

        back.Should().Be("1" + new string('0', 125));
    }

    [Fact]
    public void Smallest_exponent_comes_back_as_130_decimals()
    {
        var number = DynamoNumber.Parse("1e-130");

        var back = number.ToString();

        back.Should().Be("0." + new string('0', 129) + "1");
    }

    [Theory]
    [InlineData(Digits38 + "9")]
    [InlineData("1.00000000000000000000000000000000000001")]
    [InlineData("-0.000" + Digits38 + "9")]
    [InlineData("100000000000000000000000000000000000001")]
    [InlineData("1000000000000000000000000000000000000000000000000000000000000000000000000.5")]
    public void Thirty_nine_significant_digits_are_refused(string text)
    {
        var parse = () => DynamoNumber.Parse(text);

        parse.Should().Throw<ValidationException>()
            .WithMessage("Attempting to store more than 38 significant digits in a Number");
    }

    [Theory]
    [InlineData("1e126")]
    [InlineData("-1e126")]
    [InlineData("10e125")]
    [InlineData("0.1e127")]
    [InlineData("1e2147483647")]
    [InlineData("0e126")]
    [InlineData("-0.0e127")]
    public void Number_above_the_range_is_refused(string text)
    {
        var parse = () => DynamoNumber.Parse(text);

        parse.Should().Throw<ValidationException>().WithMessage(
            "Number overflow. Attempting to store a number with magnitude larger than supported range");
    }

    [Theory]
    [InlineData("1e-131")]
    [InlineData("-9.99e-131")]
    [InlineData("0.1e-130")]
    [InlineData("1e-2147483647")]
    [InlineData("0e-131")]
    [InlineData("0.0e-130")]
    public void Number_below_the_range_is_refused(string text)
    {
        var parse = () => DynamoNumber.Parse(text);

        parse.Should().Throw<ValidationException>().WithMessage(
            "Number underflow. Attempting to store a number with magnitude smaller than supported range");
    }

    [Theory]
    [InlineData("1e2147483648")]
    [InlineData("1e-2147483648")]
    [InlineData("0e9223372036854775808")]
    [InlineData("1e99999999999999999999999999")]
    public void Exponent_beyond_32_bits_is_no_number(string text)
    {
        var parse = () => DynamoNumber.Parse(text);

        parse.Should().Throw<ValidationException>().WithMessage("The parameter cannot be converted to a numeric value: " + text);
    }

    [Theory]
    [InlineData("0e125")]
    [InlineData("0e-130")]
    [InlineData("-0.00")]
    [InlineData("0000")]
    public void Zero_with_an_exponent_in_the_range_is_zero(string text) => DynamoNumber.Parse(text).Should().Be(default(DynamoNumber));

    [Theory]
    [InlineData("9.9999999999999999999999999999999999999e125")]
    [InlineData("-9.9999999999999999999999999999999999999e125")]
    [InlineData("1.0000000000000000000000000000000000001e-130")]
    [InlineData("0.01e127")]
    [InlineData("100e-132")]
    public void Number_at_the_end_of_the_range_is_accepted(string text)
    {
        var parse = () => DynamoNumber.Parse(text);

        parse.Should().NotThrow();
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("e5")]
    [InlineData(".e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e1.5")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("+-1")]
    [InlineData("1-")]
    [InlineData("1,5")]
    [InlineData("1_000")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData(" 1")]
    [InlineData("1\n")]
    [InlineData("1 2")]
    [InlineData("1\0")]
    [InlineData("١")]
    [InlineData("１")]
    [InlineData("−1")]
    public void Text_that_is_no_number_is_refused_by_name(string text)
    {
        var parse = () => DynamoNumber.Parse(text);

        parse.Should().Throw<ValidationException>()
            .Which.Message.Should().Be("The parameter cannot be converted to a numeric value: " + text);
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("0", "-0.000")]
    [InlineData("100", "1e2")]
    [InlineData("-0.5", "-5e-1")]
    public void Same_number_written_in_two_ways_is_equal_and_hashes_alike(string one, string other)
    {
        var (first, second) = (DynamoNumber.Parse(one), DynamoNumber.Parse(other));

        var hashes = (first.GetHashCode(), second.GetHashCode());

        first.Should().Be(second);
        hashes.Item1.Should().Be(hashes.Item2);
    }

    [Fact]
    public void Default_is_zero()
    {
        DynamoNumber number = default;

        var text = number.ToString();

        text.Should().Be("0");
        number.Should().Be(DynamoNumber.Parse("-0.0"));
    }

    [Fact]
    public void Every_decimal_and_long_is_taken_exactly()
    {
        AttributeValue[] values = [decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 1.50m, long.MinValue];

        var texts = values.Select(v => ((AttributeValue.N)v).Value.ToString());

        texts.Should().Equal(
            "79228162514264337593543950335",
            "-79228162514264337593543950335",
            "0.0000000000000000000000000001",
            "1.5",
            "-9223372036854775808");
    }
}
