using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Propagation;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Propagation;

public sealed class QueueScanHintsTests
{
    private readonly FakeTime _time = new();
    private readonly QueueScanHints _hints;

    public QueueScanHintsTests() => _hints = new(_time);

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    [Fact]
    public void First_claim_looks_at_every_slot_from_the_beginning()
    {
        var before = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        var from = _hints.Next(out _);

        from.Should().HaveCount(ItemSlot.Count).And.OnlyContain(bound => bound < before);
    }

    [Fact]
    public void Backlog_goes_on_where_the_last_claim_ended()
    {
        var readyAt = Now - TimeSpan.FromMinutes(1);

        _hints.From(7, readyAt);

        _hints.Next(out _)[7].Should().Be(readyAt);
    }

    [Fact]
    public void Other_slots_keep_their_bounds()
    {
        var before = _hints.Next(out _);

        _hints.From(7, Now - TimeSpan.FromMinutes(1));

        _hints.Next(out _).Where((_, slot) => slot != 7).Should().Equal(before.Where((_, slot) => slot != 7));
    }

    [Fact]
    public void Drained_slot_is_looked_at_from_two_seconds_back_for_markers_that_commit_late()
    {
        _hints.From(7, Now);

        _hints.Drained(7, Now);

        _hints.Next(out _)[7].Should().Be(Now - TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Looking_without_a_claim_takes_no_sweep_away()
    {
        var unbounded = _hints.Next(out _);
        _hints.From(7, Now - TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromSeconds(2));

        _hints.Current();

        _hints.Next(out _).Should().Equal(unbounded);
    }

    [Fact]
    public void Sweep_every_two_seconds_goes_without_bounds()
    {
        var unbounded = _hints.Next(out _);
        _hints.From(7, Now - TimeSpan.FromMinutes(1));

        _time.Advance(TimeSpan.FromSeconds(2));

        _hints.Next(out _).Should().Equal(unbounded);
    }

    [Fact]
    public void Bounds_hold_again_after_a_sweep()
    {
        var upTo = Now - TimeSpan.FromMinutes(1);
        _hints.From(7, upTo);
        _time.Advance(TimeSpan.FromSeconds(2));
        _hints.Next(out _);

        _time.Advance(TimeSpan.FromSeconds(1.9));

        _hints.Next(out _)[7].Should().Be(upTo);
    }
}
