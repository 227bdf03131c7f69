using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Entities;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Storage.Entities;

public sealed class StoredThroughputTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly StoredThroughput Ten = StoredThroughput.Of(new(10, 10));

    [Fact]
    public void New_capacity_was_never_changed()
    {
        var described = Ten.Describe(Noon);

        described.Should().Be(new ProvisionedThroughputDescription(10, 10, 0, null, null));
    }

    [Fact]
    public void Capacity_that_is_raised_says_when()
    {
        var raised = Ten.ChangedTo(new(11, 10), Noon);

        raised.Describe(Noon).Should().Be(new ProvisionedThroughputDescription(11, 10, 0, Noon, null));
    }

    [Fact]
    public void Capacity_of_which_one_half_is_lowered_counts_one_decrease()
    {
        var lowered = Ten.ChangedTo(new(5, 20), Noon);

        lowered.Describe(Noon).Should().Be(new ProvisionedThroughputDescription(5, 20, 1, Noon, Noon));
    }

    [Fact]
    public void Decreases_of_one_day_are_counted_until_it_ends_in_UTC()
    {
        var twice = Ten.ChangedTo(new(9, 9), Noon).ChangedTo(new(8, 8), Noon.AddHours(1));

        (twice.Describe(Noon.AddHours(11.9)).NumberOfDecreasesToday, twice.Describe(Noon.AddHours(12)).NumberOfDecreasesToday)
            .Should().Be((2, 0));
        twice.ChangedTo(new(7, 7), Noon.AddDays(1)).Describe(Noon.AddDays(1)).NumberOfDecreasesToday.Should().Be(1);
    }

    [Fact]
    public void Capacity_that_is_not_provisioned_is_zero()
    {
        var none = Ten.ChangedTo(null, Noon);

        none.Describe(Noon).Should().Be(new ProvisionedThroughputDescription(0, 0, 0, null, null));
    }
}
