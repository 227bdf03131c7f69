using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.TestKit;

public sealed class TestDeadlineTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("", 1)]
    [InlineData("3", 3)]
    [InlineData("1.5", 1.5)]
    public void Factor_is_one_unless_a_positive_number_is_given(string? given, double factor) =>
        TestDeadline.Read(given).Should().Be(factor);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1,5")]
    [InlineData("long")]
    [InlineData("NaN")]
    public void Factor_that_is_no_positive_number_is_refused_in_a_sentence(string given)
    {
        var read = () => TestDeadline.Read(given);

        read.Should().Throw<InvalidOperationException>()
            .WithMessage($"EXTENDDB_TEST_DEADLINE_FACTOR is '{given}'; it is a positive number such as 3 or 1.5.");
    }
}
