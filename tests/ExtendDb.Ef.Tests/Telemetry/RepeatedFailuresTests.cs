using ExtendDb.Ef.Telemetry;
using ExtendDb.Ef.TestKit;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Telemetry;

public class RepeatedFailuresTests
{
    private readonly FakeTime _time = new();
    private readonly RepeatedFailures _failures;

    public RepeatedFailuresTests() => _failures = new(_time);

    [Fact]
    public void Outage_of_a_minute_is_one_stack_and_a_few_lines_with_the_number_of_attempts()
    {
        var logged = new List<RepeatedFailures.Occurrence>();
        for (var second = 0; second < 60; second++)
        {
            for (var loop = 0; loop < 10; loop++)
            {
                logged.Add(_failures.Add("passing"));
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        logged.Where(failure => failure.IsFirst).Should().ContainSingle().Which.Count.Should().Be(1);
        logged.Where(failure => failure.IsDue).Select(failure => (failure.Count, failure.For.TotalSeconds))
            .Should().Equal((101, 10), (301, 30));
    }

    [Fact]
    public void End_of_an_outage_is_said_once_and_a_late_failure_of_it_is_no_new_one()
    {
        _failures.Add("passing");
        _time.Advance(TimeSpan.FromSeconds(5));

        var ended = _failures.End("passing");
        var endedAgain = _failures.End("passing");
        var late = _failures.Add("passing");
        var endedLate = _failures.End("passing");

        (ended?.Count, ended?.For, endedAgain).Should().Be((1, TimeSpan.FromSeconds(5), null));
        (late.IsFirst, late.IsDue, endedLate?.Count).Should().Be((false, false, 2));
    }

    [Fact]
    public void Failure_that_comes_again_after_more_than_a_minute_is_a_new_one()
    {
        _failures.Add("passing");
        _time.Advance(TimeSpan.FromSeconds(61));

        _failures.Add("passing").IsFirst.Should().BeTrue();
    }

    [Fact]
    public void Failures_of_two_kinds_are_counted_apart()
    {
        _failures.Add("one");

        _failures.Add("other").Should().Match<RepeatedFailures.Occurrence>(failure => failure.IsFirst && failure.Count == 1);
        _failures.End("one").Should().NotBeNull();
        _failures.End("a third").Should().BeNull();
    }

    [Fact]
    public void Thousands_of_kinds_do_not_fill_the_memory()
    {
        for (var kind = 0; kind < 10_000; kind++)
        {
            _failures.Add($"kind {kind}").IsFirst.Should().BeTrue();
        }

        _failures.Add("kind 0").IsFirst.Should().BeTrue("it was forgotten");
    }
}
