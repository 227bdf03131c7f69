using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Keys;

public sealed class ShardTests
{
    /// <summary>Worked out by Python's hashlib: the first byte of SHA-256 over hash and sort key, modulo 32.</summary>
    [Theory]
    [InlineData("ba7816bf-8f01-cfea-4141-40de5dae2223", "", 31)]
    [InlineData("ba7816bf-8f01-cfea-4141-40de5dae2223", "646566", 9)]
    [InlineData("73475cb4-0a56-8e8d-a8a0-45ced110137e", "038410", 26)]
    [InlineData("2da45f2c-d1f9-c8e6-9a67-abf7a6b26c28", "00", 25)]
    [InlineData("5289cd0f-221e-e1de-420d-a77318a67f12", "C3A92E646C6C", 20)]
    public void Shard_of_a_key_never_changes(string hash, string sortKey, short expected)
    {
        var key = new ItemKey(Guid.Parse(hash), Convert.FromHexString(sortKey));

        var shard = QueueShard.Of(key);

        shard.Should().Be(expected);
    }

    [Fact]
    public void Partitions_spread_over_all_shards()
    {
        var keys = Enumerable.Range(0, 32_000).Select(i => new ItemKey(PartitionHash.Of(i), []));

        var counts = keys.CountBy(key => QueueShard.Of(key)).ToDictionary();

        counts.Keys.Should().BeEquivalentTo(Enumerable.Range(0, 32));
        counts.Values.Should().OnlyContain(count => count > 800 && count < 1_200);
    }

    [Fact]
    public void One_busy_partition_spreads_over_all_shards()
    {
        var hash = PartitionHash.Of("busy");
        var keys = Enumerable.Range(0, 32_000).Select(i => new ItemKey(hash, SortKeyEncoding.Encode((AttributeValue)i)));

        var counts = keys.CountBy(key => QueueShard.Of(key)).ToDictionary();

        counts.Keys.Should().BeEquivalentTo(Enumerable.Range(0, 32));
        counts.Values.Should().OnlyContain(count => count > 800 && count < 1_200);
    }

    [Fact]
    public void Longest_sort_key_has_a_shard()
    {
        var key = new ItemKey(PartitionHash.Of("a"), new byte[KeySchema.MaxRangeBytes]);

        var shard = QueueShard.Of(key);

        shard.Should().BeInRange(0, 31);
    }
}
