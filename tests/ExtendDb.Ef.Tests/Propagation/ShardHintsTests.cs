using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Propagation;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Propagation;

public sealed class ShardHintsTests
{
    private readonly FakeTime _time = new();
    private readonly ShardHints _hints;

    public ShardHintsTests() => _hints = new(_time);

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    [Fact]
    public void First_claim_looks_at_every_shard_from_the_beginning()
    {
        var before = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        var from = _hints.Next();

        from.Should().HaveCount(Shard.Count).And.OnlyContain(bound => bound < before);
    }

    [Fact]
    public void Drained_shard_is_looked_at_from_where_it_was_drained()
    {
        var upTo = Now - TimeSpan.FromMinutes(1);

        _hints.Done(7, upTo, Now);

        _hints.Next()[7].Should().Be(upTo);
    }

    [Fact]
    public void Other_shards_keep_their_bounds()
    {
        var before = _hints.Next();

        _hints.Done(7, Now - TimeSpan.FromMinutes(1), Now);

        _hints.Next().Where((_, shard) => shard != 7).Should().Equal(before.Where((_, shard) => shard != 7));
    }

    [Fact]
    public void Bound_stays_ten_seconds_behind_the_clock_for_markers_that_commit_late()
    {
        var upTo = Now;

        _hints.Done(7, upTo, Now);

        _hints.Next()[7].Should().Be(Now - TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Sweep_every_five_seconds_goes_without_bounds()
    {
        var unbounded = _hints.Next();
        _hints.Done(7, Now - TimeSpan.FromMinutes(1), Now);

        _time.Advance(TimeSpan.FromSeconds(5));

        _hints.Next().Should().Equal(unbounded);
    }

    [Fact]
    public void Bounds_hold_again_after_a_sweep()
    {
        var upTo = Now - TimeSpan.FromMinutes(1);
        _hints.Done(7, upTo, Now);
        _time.Advance(TimeSpan.FromSeconds(5));
        _hints.Next();

        _time.Advance(TimeSpan.FromSeconds(4.9));

        _hints.Next()[7].Should().Be(upTo);
    }
}
