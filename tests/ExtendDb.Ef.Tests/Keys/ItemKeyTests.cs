using ExtendDb.Ef.Keys;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Keys;

public sealed class ItemKeyTests(ITestOutputHelper output)
{
    [Fact]
    public void Keys_compare_as_PostgreSQL_compares_uuid_and_bytea()
    {
        var random = SeededRandom.Printed(output);
        var hashes = Enumerable.Range(0, 40).Select(_ => random.Bytes(16)).Append(new byte[16]).ToList();
        var keys = Enumerable.Range(0, 300)
            .Select(_ => (Hash: random.OneOf([.. hashes]), Sort: random.Bytes(random.Next(3)))).ToList();

        var wrong =
            from left in keys
            from right in keys
            let bytes = Math.Sign(left.Hash.AsSpan().SequenceCompareTo(right.Hash))
            let expected = bytes != 0 ? bytes : Math.Sign(left.Sort.AsSpan().SequenceCompareTo(right.Sort))
            where Math.Sign(Key(left).CompareTo(Key(right))) != expected
            select (Key(left), Key(right));

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Keys_of_the_same_bytes_are_equal_and_hash_alike()
    {
        var hash = Guid.NewGuid();

        var (one, other) = (new ItemKey(hash, [1, 2]), new ItemKey(hash, [1, 2]));

        one.Should().Be(other);
        one.GetHashCode().Should().Be(other.GetHashCode());
    }

    [Fact]
    public void Keys_that_differ_in_one_part_are_not_equal()
    {
        var key = new ItemKey(Guid.NewGuid(), [1, 2]);

        ItemKey[] others = [key with { SortKey = [1] }, key with { SortKey = [] }, key with { PartitionHash = Guid.NewGuid() }];

        others.Should().NotContain(key);
    }

    private static ItemKey Key((byte[] Hash, byte[] Sort) parts) => new(new Guid(parts.Hash, bigEndian: true), parts.Sort);
}
