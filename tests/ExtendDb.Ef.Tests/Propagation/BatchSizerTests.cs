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

        Repeat(20, () => pace.Done(full: true, Fast));

        pace.PerShard(1).Should().Be(4_000);
    }

    [Fact]
    public void Slow_batches_shrink_to_sixteen()
    {
        var pace = new BatchSizer(4_000);

        Repeat(20, () => pace.Done(full: true, Slow));

        pace.PerShard(1).Should().Be(16);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Batch_that_takes_as_long_as_it_should_keeps_its_size(bool full)
    {
        var pace = new BatchSizer(4_000);
        var before = pace.PerShard(1);

        Repeat(20, () => pace.Done(full, Right));

        pace.PerShard(1).Should().Be(before);
    }

    [Fact]
    public void Fast_batch_that_was_not_full_keeps_its_size()
    {
        var pace = new BatchSizer(4_000);
        var before = pace.PerShard(1);

        Repeat(20, () => pace.Done(full: false, Fast));

        pace.PerShard(1).Should().Be(before);
    }

    [Fact]
    public void Backlog_takes_one_shard_at_a_time()
    {
        var pace = new BatchSizer(4_000);

        pace.Done(full: true, Right);

        pace.Shards.Should().Be(1);
    }

    [Fact]
    public void Little_to_do_takes_the_turn_of_all_shards_in_the_end()
    {
        var pace = new BatchSizer(4_000);
        pace.Done(full: true, Right);

        Repeat(10, () => pace.Done(full: false, Right));

        pace.Shards.Should().Be(Shard.Count);
    }

    [Fact]
    public void Failure_takes_less()
    {
        var pace = new BatchSizer(4_000);
        var before = pace.PerShard(1);

        pace.Failed(carefully: false);

        pace.PerShard(1).Should().Be(before / 2);
        pace.IsolatesFailures.Should().BeFalse();
    }

    [Fact]
    public void Care_lasts_until_a_batch_is_done()
    {
        var pace = new BatchSizer(4_000);

        pace.Failed(carefully: true);
        pace.Failed(carefully: false);
        var careful = pace.IsolatesFailures;
        pace.Done(full: false, Right);

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
            claims.Add(pace.Shards * pace.PerShard(pace.Shards));
            if (random.Next(5) == 0)
            {
                pace.Failed(random.Next(2) == 0);
            }
            else
            {
                pace.Done(random.Next(2) == 0, random.OneOf(Fast, Right, Slow));
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
