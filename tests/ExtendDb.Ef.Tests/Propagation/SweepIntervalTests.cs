using ExtendDb.Ef.Propagation;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Propagation;

public sealed class SweepIntervalTests
{
    private readonly FakeTime _time = new();
    private readonly QueueScanHints _hints;

    public SweepIntervalTests()
    {
        _hints = new(_time);
        _hints.From(0, _time.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public void Every_look_is_a_sweep_until_one_has_found_where_to_begin()
    {
        var hints = new QueueScanHints(_time);

        hints.Next(out var first);
        hints.Next(out var second);
        hints.Drained(0, _time.GetUtcNow().UtcDateTime);
        hints.Next(out var third);

        (first, second, third).Should().Be((true, true, false));
    }

    [Theory]
    [InlineData(0, 2_000)]
    [InlineData(99, 2_000)]
    [InlineData(100, 2_000)]
    [InlineData(101, 2_020)]
    [InlineData(1_000, 20_000)]
    [InlineData(3_000, 60_000)]
    [InlineData(60_000, 60_000)]
    public void Next_sweep_comes_after_twenty_times_what_the_last_one_took_but_within_a_minute(int took, int rest)
    {
        Sweep(took);

        _time.Advance(TimeSpan.FromMilliseconds(rest - 1));
        var early = IsSweep();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        (early, IsSweep()).Should().Be((false, true));
    }

    [Fact]
    public void Rest_counts_from_the_end_of_the_sweep()
    {
        _time.Advance(TimeSpan.FromSeconds(2));
        IsSweep();
        _time.Advance(TimeSpan.FromSeconds(1));
        _hints.Swept(TimeSpan.FromSeconds(1));

        _time.Advance(TimeSpan.FromSeconds(19.9));

        IsSweep().Should().BeFalse();
    }

    [Fact]
    public void Quick_sweep_after_a_slow_one_makes_the_next_one_come_soon_again()
    {
        Sweep(took: 60_000);
        _time.Advance(TimeSpan.FromMinutes(1));
        IsSweep();
        _hints.Swept(TimeSpan.FromMilliseconds(1));

        _time.Advance(TimeSpan.FromSeconds(2));

        IsSweep().Should().BeTrue();
    }

    [Fact]
    public void Sweep_is_given_to_one_of_those_who_look_at_once()
    {
        _time.Advance(TimeSpan.FromSeconds(2));
        var sweeps = 0;

        Parallel.For(0, 64, _ =>
        {
            if (IsSweep())
            {
                Interlocked.Increment(ref sweeps);
            }
        });

        sweeps.Should().Be(1);
    }

    [Fact]
    public void Sweep_that_fails_and_never_says_how_long_it_took_is_tried_again_after_the_last_rest()
    {
        _time.Advance(TimeSpan.FromSeconds(2));
        IsSweep();

        _time.Advance(TimeSpan.FromSeconds(2));

        IsSweep().Should().BeTrue();
    }

    private void Sweep(int took)
    {
        _time.Advance(TimeSpan.FromSeconds(2));
        IsSweep().Should().BeTrue();
        _hints.Swept(TimeSpan.FromMilliseconds(took));
    }

    private bool IsSweep()
    {
        _hints.Next(out var isSweep);
        return isSweep;
    }
}
