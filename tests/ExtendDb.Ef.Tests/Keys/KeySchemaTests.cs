using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Keys;

public sealed class KeySchemaTests
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string NotValid = "One or more parameter values are not valid. ";

    private static readonly KeySchema Schema =
        new(new KeyAttribute("p", AttributeType.S), new KeyAttribute("c", AttributeType.B));

    private static readonly AttributeValue Ok = new byte[] { 1 };

    public static TheoryData<AttributeMap, string> Refused => new()
    {
        { new() { ["c"] = Ok }, Invalid + "Missing the key p in the item" },
        { new() { ["p"] = "a" }, Invalid + "Missing the key c in the item" },
        { new(), Invalid + "Missing the key p in the item" },
        { new() { ["p"] = 1, ["c"] = Ok }, Invalid + "Type mismatch for key p expected: S actual: N" },
        { new() { ["p"] = "a", ["c"] = "b" }, Invalid + "Type mismatch for key c expected: B actual: S" },
        {
            new() { ["p"] = "", ["c"] = Ok },
            NotValid + "The AttributeValue for a key attribute cannot contain an empty string value. Key: p"
        },
        {
            new() { ["p"] = "a", ["c"] = Array.Empty<byte>() },
            NotValid + "The AttributeValue for a key attribute cannot contain an empty binary value. Key: c"
        },
        {
            new() { ["p"] = new string('a', 2049), ["c"] = Ok },
            Invalid + "Size of hashkey has exceeded the maximum size limit of2048 bytes"
        },
        {
            new() { ["p"] = new string('é', 1024) + "a", ["c"] = Ok },
            Invalid + "Size of hashkey has exceeded the maximum size limit of2048 bytes"
        },
        {
            new() { ["p"] = "a", ["c"] = new byte[1025] },
            Invalid + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"
        },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Item_without_a_good_key_is_refused_in_DynamoDBs_words(AttributeMap item, string message)
    {
        var place = () => Schema.OfItem(item);

        place.Should().Throw<ValidationException>().Which.Message.Should().Be(message);
    }

    public static TheoryData<AttributeMap> NotFitting => new()
    {
        { new() { ["p"] = "a" } },
        { new() { ["p"] = "a", ["x"] = Ok } },
        { new() { ["p"] = "a", ["c"] = "b" } },
        { new() { ["p"] = 1, ["c"] = Ok } },
        { new() { ["p"] = "a", ["c"] = Ok, ["x"] = 1 } },
        { new() },
    };

    [Theory]
    [MemberData(nameof(NotFitting))]
    public void Key_with_other_attributes_or_types_does_not_match_the_schema(AttributeMap key)
    {
        var place = () => Schema.OfKey(key);

        place.Should().Throw<ValidationException>()
            .Which.Message.Should().Be("The provided key element does not match the schema");
    }

    [Fact]
    public void Longest_partition_key_and_longest_sort_key_are_accepted_together()
    {
        var key = new AttributeMap { ["p"] = new string('é', 1024), ["c"] = new byte[1024] };

        var place = Schema.OfItem(key);

        place.Should().Be(Schema.OfKey(key));
        place.SortKey.Should().HaveCount(1024);
    }

    [Fact]
    public void Number_with_many_digits_is_a_partition_key_and_a_sort_key()
    {
        var schema = new KeySchema(new KeyAttribute("p", AttributeType.N), new KeyAttribute("c", AttributeType.N));
        var key = new AttributeMap { ["p"] = DynamoNumber.Parse("-1e-130"), ["c"] = DynamoNumber.Parse("9e125") };

        var place = schema.OfKey(key);

        place.SortKey.Should().Equal(SortKeyEncoding.Encode(DynamoNumber.Parse("9e125")));
    }

    [Fact]
    public void Table_without_a_sort_key_stores_the_empty_one()
    {
        var schema = new KeySchema(new KeyAttribute("p", AttributeType.S));

        var place = schema.OfItem(new AttributeMap { ["p"] = "abc", ["c"] = "ignored" });

        place.Should().Be(new ItemKey(Guid.Parse("ba7816bf-8f01-cfea-4141-40de5dae2223"), []));
    }

    [Fact]
    public void Item_that_lacks_an_index_key_is_not_in_the_index()
    {
        var item = new AttributeMap { ["p"] = "a" };

        var found = Schema.TryOfIndexed(item, out var key);

        found.Should().BeFalse();
        key.Should().BeNull();
    }

    [Fact]
    public void Item_that_lacks_an_index_key_is_accepted()
    {
        var item = new AttributeMap { ["p"] = "a" };

        var check = () => Schema.CheckIndexed(item, "g", KeyOrigin.Put);

        check.Should().NotThrow();
    }

    public static TheoryData<AttributeMap, string> RefusedByIndex => new()
    {
        { new() { ["p"] = 1 }, Invalid + "Type mismatch for Index Key p Expected: S Actual: N IndexName: g" },
        { new() { ["c"] = "a" }, Invalid + "Type mismatch for Index Key c Expected: B Actual: S IndexName: g" },
        {
            new() { ["p"] = "" },
            NotValid + "A value specified for a secondary index key is not supported. The AttributeValue for a key "
                + "attribute cannot contain an empty string value. IndexName: g, IndexKey: p"
        },
        {
            new() { ["p"] = "a", ["c"] = Array.Empty<byte>() },
            NotValid + "A value specified for a secondary index key is not supported. The AttributeValue for a key "
                + "attribute cannot contain an empty binary value. IndexName: g, IndexKey: c"
        },
        {
            new() { ["p"] = new string('a', 2049) },
            Invalid + "Size of hashkey has exceeded the maximum size limit of2048 bytes"
        },
        {
            new() { ["c"] = new byte[1025] },
            Invalid + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"
        },
    };

    [Theory]
    [MemberData(nameof(RefusedByIndex))]
    public void Item_with_a_bad_index_key_is_refused_and_left_out_of_a_backfill(AttributeMap item, string message)
    {
        var check = () => Schema.CheckIndexed(item, "g", KeyOrigin.Put);

        check.Should().Throw<ValidationException>().Which.Message.Should().Be(message);
        Schema.TryOfIndexed(item, out _).Should().BeFalse();
    }

    [Fact]
    public void Key_of_an_item_is_its_key_attributes_only()
    {
        var item = new AttributeMap { ["x"] = 1, ["c"] = Ok, ["p"] = "a" };

        var key = Schema.KeyOf(item);

        ((object)key).Should().Be(new AttributeMap { ["p"] = "a", ["c"] = Ok });
    }
}
