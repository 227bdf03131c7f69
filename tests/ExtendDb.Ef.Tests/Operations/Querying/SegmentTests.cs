using System.Buffers.Binary;
using ExtendDb.Ef.Operations.Querying;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Operations.Querying;

public sealed class SegmentTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public void Segments_follow_each_other_from_the_first_hash_to_the_last(int total)
    {
        var segments = Enumerable.Range(0, total).Select(n => Segment.Of(n, total)).ToList();

        segments[0].First.Should().Be(Guid.Empty);
        segments[^1].Last.Should().Be(Guid.AllBitsSet);
        segments.Zip(segments.Skip(1)).Where(pair => Number(pair.First.Last) + 1 != Number(pair.Second.First)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1_000_000)]
    public void Segments_are_alike_in_size(int total)
    {
        var sizes = Enumerable.Range(0, total).Select(n => Segment.Of(n, total))
            .Select(segment => Number(segment.Last) - Number(segment.First)).ToList();

        (sizes.Max() - sizes.Min()).Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Segment_holds_its_ends_and_nothing_beyond_them()
    {
        var segment = Segment.Of(1, 3);

        segment.Contains(segment.First).Should().BeTrue();
        segment.Contains(segment.Last).Should().BeTrue();
        segment.Contains(Segment.Of(0, 3).Last).Should().BeFalse();
        segment.Contains(Segment.Of(2, 3).First).Should().BeFalse();
    }

    private static UInt128 Number(Guid hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        hash.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
