using ExtendDb.Ef.WebConsole.Live;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ConsoleTests.Live;

public sealed class HourSeriesTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(20_000);
    private readonly HourSeries _series = new();

    [Fact]
    public void Series_without_a_number_has_no_point() => _series.Points().Should().BeEmpty();

    [Fact]
    public void Numbers_of_five_seconds_are_one_point_with_the_largest()
    {
        _series.Add(Start, 3);
        _series.Add(Start.AddSeconds(1), 9);
        _series.Add(Start.AddSeconds(4), 5);

        _series.Points().Select(point => point.Value).Should().Equal(9);
    }

    [Fact]
    public void Numbers_older_than_an_hour_are_gone()
    {
        _series.Add(Start, 7);

        _series.Add(Start.AddHours(1), 1);

        _series.Points().Select(point => point.Value).Should().Equal(1);
    }

    [Fact]
    public void Full_hour_is_at_most_181_points_and_keeps_its_peak()
    {
        for (var i = 0; i < 2 * 3600; i++)
        {
            _series.Add(Start.AddSeconds(i), i == 5000 ? 100 : 1);
        }

        var points = _series.Points();

        points.Should().HaveCountLessThanOrEqualTo(181).And.BeInAscendingOrder(point => point.Key);
        points.Max(point => point.Value).Should().Be(100);
    }

    [Fact]
    public void Time_without_samples_is_a_gap_and_no_zero()
    {
        _series.Add(Start, 4);
        _series.Add(Start.AddMinutes(10), 6);

        _series.Points().Select(point => point.Value).Should().Equal(4, 6);
    }

    [Fact]
    public void Index_that_was_idle_until_now_has_zeros_where_others_were_sampled()
    {
        _series.Add(Start, 4);
        _series.Add(Start.AddSeconds(10), 5);

        var idle = HourSeries.IdleBeside(_series);

        idle.Points().Select(point => point.Value).Should().Equal(0, 0);
        idle.IsIdle.Should().BeTrue();
    }
}
