using System.Security.Cryptography;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>What is put comes back equal, from the table and from an index.</summary>
public class RoundTripTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly byte[] Bytes = [0, 1, 127, 128, 255];

    public static TheoryData<string> Values => [.. ValuesByName.Keys];

    private static Dictionary<string, AttributeValue> ValuesByName => new()
    {
        ["string"] = "Ella",
        ["empty string"] = "",
        ["string beyond the basic plane"] = "\U0001F3B5 \uFFFF \uE000",
        ["string with U+0000"] = "a\0b\0",
        ["string with the escape character"] = "\u0001\u00010\u00011\0\u0001",
        ["number"] = -12.5m,
        ["zero"] = 0,
        ["largest number"] = DynamoNumber.Parse("9.9999999999999999999999999999999999999E125"),
        ["smallest number"] = DynamoNumber.Parse("-1E-130"),
        ["binary"] = Bytes,
        ["empty binary"] = Array.Empty<byte>(),
        ["true"] = true,
        ["false"] = false,
        ["null"] = new AttributeValue.NULL(),
        ["map"] = new AttributeMap { ["a"] = 1, ["b"] = new AttributeMap { ["\0"] = "\0", ["\u0001"] = "\u0001" } },
        ["empty map"] = AttributeMap.Empty,
        ["list"] = new AttributeValue.L("z", 1, new AttributeValue.L(), "a", new AttributeValue.NULL()),
        ["empty list"] = new AttributeValue.L(),
        ["string set"] = new AttributeValue.SS("b", "a", "", "\0", "\u0001"),
        ["number set"] = new AttributeValue.NS(DynamoNumber.Parse("3"), DynamoNumber.Parse("-1e100"), default),
        ["binary set"] = new AttributeValue.BS(new byte[] { 1 }, Array.Empty<byte>(), new byte[] { 255, 0 }),
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Value_of_every_type_comes_back_equal(string name)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        var item = new AttributeMap { ["Id"] = "1", ["Value"] = ValuesByName[name] };

        await Host.PutAsync(table, item);

        (await Host.GetAsync(table, new() { ["Id"] = "1" })).Should().Equal(item);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Value_of_every_type_comes_back_equal_from_an_index(string name)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S", delayMs: 0));
        var item = new AttributeMap { ["Id"] = "1", ["Kind"] = "k", ["Value"] = ValuesByName[name] };

        await Host.PutAsync(table, item);

        (await Host.QueryAllAsync(OperationsQuery.OfIndex(table, "ByKind", ("Kind", Condition.EqualTo("k")))))
            .Should().Equal(item);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Value_of_every_type_can_be_set_by_UpdateItem(string name)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        await Host.Db.UpdateItemAsync(new(table, new() { ["Id"] = "1" })
        {
            UpdateExpression = "SET #value = :value",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#value"] = "Value" },
            ExpressionAttributeValues = new AttributeMap { [":value"] = ValuesByName[name] },
        });

        (await Host.GetAsync(table, new() { ["Id"] = "1" }))!["Value"].Should().Be(ValuesByName[name]);
    }

    [Fact]
    public async Task Names_with_U0000_and_U0001_come_back_as_different_names()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        var item = new AttributeMap { ["Id"] = "1", ["\0"] = 1, ["\u0001"] = 2, ["\u00010"] = 3, ["\u00011"] = 4 };

        await Host.PutAsync(table, item);

        (await Host.GetAsync(table, new() { ["Id"] = "1" })).Should().Equal(item);
    }

    [Fact]
    public async Task Names_of_key_attributes_with_U0000_are_refused()
    {
        var create = () => Host.CreateAsync(OperationsTable.Of("I\0d:S"));

        await create.Should().ThrowAsync<ValidationException>().WithMessage("*U+0000*");
    }

    [Fact]
    public async Task Keys_that_differ_in_U0000_and_U0001_are_different_items()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S Sort:S"));
        string[] keys = ["\0", "\u0001", "\u00010", "\0\0", "0"];

        foreach (var key in keys)
        {
            await Host.PutAsync(table, new() { ["Id"] = "\0", ["Sort"] = key });
        }

        (await Host.QueryAllAsync(OperationsQuery.Of(table, ("Id", Condition.EqualTo("\0"))))).Select(i => i["Sort"])
            .Should().Equal("\0", "\0\0", "\u0001", "\u00010", "0");
    }

    [Fact]
    public async Task Item_of_400_KB_of_random_bytes_comes_back_equal_from_table_and_indexes()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S Sort:S")
            .WithGlobal("ByKind", "Kind:S", delayMs: 0).WithLocal("ByRank", "Id:S Rank:N"));
        var item = new AttributeMap { ["Id"] = "1", ["Sort"] = "s", ["Kind"] = "k", ["Rank"] = 1, ["Data"] = Array.Empty<byte>() };
        item = item.With("Data", RandomNumberGenerator.GetBytes(ItemSize.Max - ItemSize.Of(item)));

        await Host.PutAsync(table, item);

        var byKind = await Host.QueryAllAsync(OperationsQuery.OfIndex(table, "ByKind", ("Kind", Condition.EqualTo("k"))));
        var byRank = await Host.QueryAllAsync(OperationsQuery.OfIndex(table, "ByRank", ("Id", Condition.EqualTo("1"))));
        var got = await Host.GetAsync(table, new() { ["Id"] = "1", ["Sort"] = "s" });
        new[] { got, byKind.Single(), byRank.Single() }.Should().OnlyContain(found => found!.Equals(item));
    }

    [Fact]
    public async Task Longest_keys_that_are_an_index_key_too_come_back_equal()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Hash:B Sort:B")
            .WithGlobal("Same", "Hash:B Sort:B", delayMs: 0));
        var (hash, sort) = (RandomNumberGenerator.GetBytes(2048), RandomNumberGenerator.GetBytes(1024));
        var item = new AttributeMap { ["Hash"] = hash, ["Sort"] = sort };

        await Host.PutAsync(table, item);

        (await Host.GetAsync(table, item)).Should().Equal(item);
        (await Host.QueryAllAsync(OperationsQuery.OfIndex(
            table, "Same", ("Hash", Condition.EqualTo(hash)), ("Sort", Condition.EqualTo(sort))))).Should().Equal(item);
    }

    [Fact]
    public async Task Numbers_written_differently_are_one_key()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:N Sort:N"));
        await Host.PutAsync(table, new() { ["Id"] = DynamoNumber.Parse("1.50"), ["Sort"] = DynamoNumber.Parse("1e3") });

        var got = await Host.GetAsync(table, new() { ["Id"] = DynamoNumber.Parse("15e-1"), ["Sort"] = 1000 });

        got.Should().NotBeNull();
    }

    [Fact]
    public async Task Nesting_of_31_levels_comes_back_equal()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S", delayMs: 0));
        AttributeValue nested = "deep";
        for (var level = 0; level < 31; level++)
        {
            nested = level % 2 == 0 ? new AttributeMap { ["a"] = nested } : new AttributeValue.L(nested);
        }

        var item = new AttributeMap { ["Id"] = "1", ["Kind"] = "k", ["Value"] = nested };

        await Host.PutAsync(table, item);

        (await Host.GetAsync(table, new() { ["Id"] = "1" })).Should().Equal(item);
    }

    [Fact]
    public async Task Deleted_item_is_gone()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.PutAsync(table, new() { ["Id"] = "1" });

        await Host.Db.DeleteItemAsync(new(table, new() { ["Id"] = "1" }));

        (await Host.GetAsync(table, new() { ["Id"] = "1" })).Should().BeNull();
    }

    [Fact]
    public async Task Items_of_two_tables_with_one_key_are_apart()
    {
        var (first, second) = (await Host.CreateAsync(OperationsTable.Of("Id:S")), await Host.CreateAsync(OperationsTable.Of("Id:S")));
        await Host.PutAsync(first, new() { ["Id"] = "1" });

        var got = await Host.GetAsync(second, new() { ["Id"] = "1" });

        got.Should().BeNull();
    }
}
