using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Keys;

/// <summary>Expected values come from sha256sum, cut after 32 digits, as design and SQL say.</summary>
public sealed class PartitionHashTests
{
    public static TheoryData<AttributeValue, string> Golden => new()
    {
        { "abc", "ba7816bf-8f01-cfea-4141-40de5dae2223" },
        { new byte[] { 0x61, 0x62, 0x63 }, "ba7816bf-8f01-cfea-4141-40de5dae2223" },
        { 42, "73475cb4-0a56-8e8d-a8a0-45ced110137e" },
        { DynamoNumber.Parse("0042.00"), "73475cb4-0a56-8e8d-a8a0-45ced110137e" },
        { new byte[] { 0x00, 0xFF, 0x10 }, "2da45f2c-d1f9-c8e6-9a67-abf7a6b26c28" },
        { "/usr/lib", "5289cd0f-221e-e1de-420d-a77318a67f12" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Hash_is_what_SQL_works_out(AttributeValue value, string uuid)
    {
        var hash = PartitionHash.Of(value);

        var text = hash.ToString();

        text.Should().Be(uuid);
    }

    [Fact]
    public void Value_that_cannot_be_a_key_is_not_hashed()
    {
        AttributeValue[] values = [true, new AttributeValue.NULL(), new AttributeMap(), new AttributeValue.L()];

        var errors = values.Select(v => Record.Exception(() => PartitionHash.Of(v)));

        errors.Should().AllBeOfType<ArgumentOutOfRangeException>();
    }
}
