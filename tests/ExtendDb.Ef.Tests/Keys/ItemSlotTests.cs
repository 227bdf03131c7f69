using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Keys;

public sealed class ItemSlotTests
{
    /// <summary>Worked out by hand: the first two hexadecimal digits, divided by four.</summary>
    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000", 0)]
    [InlineData("03ffffff-ffff-ffff-ffff-ffffffffffff", 0)]
    [InlineData("04000000-0000-0000-0000-000000000000", 1)]
    [InlineData("ba7816bf-8f01-cfea-4141-40de5dae2223", 46)]
    [InlineData("fbffffff-ffff-ffff-ffff-ffffffffffff", 62)]
    [InlineData("fc000000-0000-0000-0000-000000000000", 63)]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", 63)]
    public void Slot_is_the_top_six_bits_of_the_hash(string hash, short expected)
    {
        var slot = ItemSlot.Of(Guid.Parse(hash));

        slot.Should().Be(expected);
    }

    [Fact]
    public void Partitions_spread_over_all_slots()
    {
        var keys = Enumerable.Range(0, 64_000).Select(i => new ItemKey(PartitionHash.Of(i), []));

        var counts = keys.CountBy(key => key.Slot).ToDictionary();

        counts.Keys.Should().BeEquivalentTo(Enumerable.Range(0, ItemSlot.Count));
        counts.Values.Should().OnlyContain(count => count > 800 && count < 1_200);
    }

    [Fact]
    public void One_partition_is_in_one_slot()
    {
        var hash = PartitionHash.Of("busy");

        var slots = Enumerable.Range(0, 100).Select(i => new ItemKey(hash, SortKeyEncoding.Encode((AttributeValue)i)).Slot);

        slots.Should().AllBeEquivalentTo(ItemSlot.Of(hash));
    }

    [Fact]
    public void Slots_follow_one_another_in_the_order_of_the_keys()
    {
        var keys = Enumerable.Range(0, 1_000).Select(i => new ItemKey(PartitionHash.Of(i), []));

        keys.Order().Select(key => key.Slot).Should().BeInAscendingOrder();
    }
}
