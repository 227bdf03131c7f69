using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Attributes;

public sealed class DynamoNumberOrderTests(ITestOutputHelper output)
{
    [Fact]
    public void Numbers_compare_as_exact_whole_numbers_do()
    {
        var numbers = RandomNumbers.Many(SeededRandom.Printed(output), 400);

        var wrong =
            from left in numbers
            from right in numbers
            where Math.Sign(left.Parsed.CompareTo(right.Parsed)) != left.Scaled.CompareTo(right.Scaled)
            select (left.Text, right.Text);

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Numbers_are_equal_exactly_when_their_values_are()
    {
        var numbers = RandomNumbers.Many(SeededRandom.Printed(output), 300);

        var wrong =
            from left in numbers
            from right in numbers
            where left.Parsed.Equals(right.Parsed) != (left.Scaled == right.Scaled)
                || (left.Parsed == right.Parsed && left.Parsed.GetHashCode() != right.Parsed.GetHashCode())
            select (left.Text, right.Text);

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Numbers_print_their_exact_value_in_plain_digits()
    {
        var numbers = RandomNumbers.Many(SeededRandom.Printed(output), 3_000);

        var printed = numbers.Select(n => n.Parsed.ToString());

        printed.Should().Equal(numbers.Select(n => n.Plain));
    }

    [Fact]
    public void Printed_number_is_read_back_as_the_same_number()
    {
        var numbers = RandomNumbers.Many(SeededRandom.Printed(output), 3_000).Select(n => n.Parsed).ToList();

        var back = numbers.Select(n => DynamoNumber.Parse(n.ToString()));

        back.Should().Equal(numbers);
    }

    [Fact]
    public void Needless_zeros_and_the_place_of_the_exponent_do_not_matter()
    {
        var numbers = RandomNumbers.Many(SeededRandom.Printed(output), 1_000);

        var decorated = numbers.Select(n =>
        {
            var (coefficient, exponent) = (n.Text.Split('e')[0], int.Parse(n.Text.Split('e')[1]));
            var sign = coefficient[0] == '-' ? "-" : "+";
            return DynamoNumber.Parse($"{sign}000{coefficient.TrimStart('-')}0000.000E{exponent - 4}");
        });

        decorated.Should().Equal(numbers.Select(n => n.Parsed));
    }

    [Theory]
    [InlineData("1", "2")]
    [InlineData("-2", "-1")]
    [InlineData("-1e-130", "0")]
    [InlineData("9.9", "10")]
    public void Operators_agree_with_the_order(string smaller, string larger)
    {
        var (low, high) = (DynamoNumber.Parse(smaller), DynamoNumber.Parse(larger));

        bool[] truths = [low < high, low <= high, high > low, high >= low, low != high];
        bool[] falsehoods = [low > high, low >= high, high < low, high <= low, low == high];

        truths.Should().AllBeEquivalentTo(true);
        falsehoods.Should().AllBeEquivalentTo(false);
    }
}
