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

    [Theory]
    [InlineData(null, 12_000, 4_000)]
    [InlineData(5_000L, 5_000, 7)]
    public void Without_a_warm_throughput_that_of_the_capacity_is_warm(long? reads, long warmReads, long warmWrites)
    {
        var stored = StoredThroughput.Of(reads is null ? null : new(reads, 7));

        (stored.WarmReads, stored.WarmWrites).Should().Be((warmReads, warmWrites));
    }

    [Fact]
    public void Warm_throughput_follows_the_highest_capacity_and_is_never_lowered()
    {
        var lowered = Ten.ChangedTo(new(30, 5), Noon).ChangedTo(new(1, 20), Noon).ChangedTo(new(1, 1), Noon);

        (lowered.WarmReads, lowered.WarmWrites).Should().Be((30, 20));
    }

    [Fact]
    public void What_is_PAY_PER_REQUEST_once_stays_as_warm_as_that()
    {
        var provisioned = Ten.ChangedTo(null, Noon).ChangedTo(new(1, 1), Noon);

        (provisioned.WarmReads, provisioned.WarmWrites).Should().Be((12_000, 4_000));
    }

    [Fact]
    public void Half_a_warm_throughput_leaves_the_other_half()
    {
        var warmed = StoredThroughput.Of(null).WarmedTo(new(20_000, null)).WarmedTo(new(null, 5_000));

        (warmed.WarmReads, warmed.WarmWrites).Should().Be((20_000, 5_000));
    }

    [Fact]
    public void Half_a_maximum_leaves_the_other_half_and_minus_1_removes_one()
    {
        var limited = StoredThroughput.Of(null, new(100, 50));

        limited.LimitedTo(new(200, null)).OnDemand.Should().Be(new OnDemandThroughput(200, 50));
        limited.LimitedTo(new(-1, null)).OnDemand.Should().Be(new OnDemandThroughput(null, 50));
        limited.LimitedTo(new(-1, -1)).OnDemand.Should().BeNull();
    }

    [Fact]
    public void Maxima_end_where_a_capacity_begins()
    {
        var provisioned = StoredThroughput.Of(null, new(100, 50)).ChangedTo(new(1, 1), Noon);

        provisioned.OnDemand.Should().BeNull();
    }
}
