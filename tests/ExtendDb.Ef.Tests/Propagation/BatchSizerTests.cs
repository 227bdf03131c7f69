using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Propagation;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Propagation;

public sealed class BatchSizerTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Right = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(80);

    [Fact]
    public void Full_and_fast_batches_grow_to_the_most_and_no_further()
    {
        var pace = new BatchSizer(4_000);

        Repeat(20, () => pace.Done(full: true, large: true, Fast));

        pace.PerSlot(1).Should().Be(4_000);
    }

    [Fact]
    public void Large_batches_that_are_slow_shrink_to_256()
    {
        var pace = new BatchSizer(4_000);

        Repeat(20, () => pace.Done(full: true, large: true, Slow));

        pace.PerSlot(1).Should().Be(256);
    }

    [Fact]
    public void Failures_shrink_to_sixteen_and_full_batches_grow_again_however_slow()
    {
        var pace = new BatchSizer(4_000);

        Repeat(20, () => pace.Failed(carefully: false));
        var least = pace.PerSlot(1);
        Repeat(20, () => pace.Done(full: true, large: true, Slow));

        least.Should().Be(16);
        pace.PerSlot(1).Should().Be(256);
    }

    [Fact]
    public void Small_batch_that_is_slow_keeps_its_size_and_its_slots()
    {
        var pace = new BatchSizer(4_000);
        pace.Done(full: false, large: false, Right);
        var before = pace.PerSlot(1);

        Repeat(20, () => pace.Done(full: true, large: false, Slow));

        pace.PerSlot(1).Should().Be(before);
        pace.Slots.Should().Be(ItemSlot.Count);
    }

    [Fact]
    public void Batch_is_large_with_half_of_what_it_may_have()
    {
        var pace = new BatchSizer(511);

        (pace.IsLarge(255), pace.IsLarge(256)).Should().Be((false, true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Batch_that_takes_as_long_as_it_should_keeps_its_size(bool full)
    {
        var pace = new BatchSizer(4_000);
        var before = pace.PerSlot(1);

        Repeat(20, () => pace.Done(full, large: full, Right));

        pace.PerSlot(1).Should().Be(before);
    }

    [Fact]
    public void Fast_batch_that_was_not_full_keeps_its_size()
    {
        var pace = new BatchSizer(4_000);
        var before = pace.PerSlot(1);

        Repeat(20, () => pace.Done(full: false, large: false, Fast));

        pace.PerSlot(1).Should().Be(before);
    }

    [Fact]
    public void Backlog_takes_one_slot_at_a_time()
    {
        var pace = new BatchSizer(4_000);

        pace.Done(full: true, large: true, Right);

        pace.Slots.Should().Be(1);
    }

    [Fact]
    public void Every_other_batch_of_a_backlog_goes_round_the_slots()
    {
        var pace = new BatchSizer(4_000);
        var batches = new List<(int Slots, bool Rotates)>();

        Repeat(4, () =>
        {
            pace.Done(full: true, large: true, Right);
            batches.Add((pace.Slots, pace.Rotates));
        });

        batches.Should().Equal((1, false), (8, true), (1, false), (8, true));
    }

    [Fact]
    public void Batch_that_goes_round_and_finds_little_does_not_end_the_backlog()
    {
        var pace = new BatchSizer(4_000);
        Repeat(2, () => pace.Done(full: true, large: true, Right));

        pace.Done(full: false, large: false, Fast);

        (pace.Slots, pace.Rotates).Should().Be((1, false));
    }

    [Fact]
    public void Batch_that_was_not_full_is_followed_by_one_of_all_slots()
    {
        var pace = new BatchSizer(4_000);
        pace.Done(full: true, large: true, Right);

        pace.Done(full: false, large: false, Right);

        pace.Slots.Should().Be(ItemSlot.Count);
    }

    [Fact]
    public void Failure_takes_less()
    {
        var pace = new BatchSizer(4_000);
        var before = pace.PerSlot(1);

        pace.Failed(carefully: false);

        pace.PerSlot(1).Should().Be(before / 2);
        pace.IsolatesFailures.Should().BeFalse();
    }

    [Fact]
    public void Care_lasts_until_a_batch_is_done()
    {
        var pace = new BatchSizer(4_000);

        pace.Failed(carefully: true);
        pace.Failed(carefully: false);
        var careful = pace.IsolatesFailures;
        pace.Done(full: false, large: false, Right);

        careful.Should().BeTrue();
        pace.IsolatesFailures.Should().BeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(100)]
    [InlineData(20_000)]
    public void Batch_never_claims_more_than_MaxBatchSize_nor_nothing(int most)
    {
        var random = SeededRandom.Printed(output);
        var pace = new BatchSizer(most);
        var claims = new List<int>();

        Repeat(500, () =>
        {
            claims.Add(pace.Slots * pace.PerSlot(pace.Slots));
            if (random.Next(5) == 0)
            {
                pace.Failed(random.Next(2) == 0);
            }
            else
            {
                pace.Done(random.Next(2) == 0, random.Next(2) == 0, random.OneOf(Fast, Right, Slow));
            }
        });

        claims.Should().OnlyContain(claim => claim >= 1 && claim <= most);
    }

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }
}
