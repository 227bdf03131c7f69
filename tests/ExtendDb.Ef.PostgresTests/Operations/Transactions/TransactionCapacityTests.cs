using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Transactions;

public class TransactionCapacityTests(OperationsFixture database) : OperationsTests(database)
{
    private string _plain = null!;
    private string _indexed = null!;

    public static TheoryData<string, double> Units => new()
    {
        { "put of a new item of 1 KB and a little", 4 },
        { "put in place of an item of 3 KB", 6 },
        { "delete of an item of 3 KB", 6 },
        { "delete of an item that is not there", 2 },
        { "check of an item of 3 KB", 6 },
        { "check of an item that is not there", 2 },
        { "update that makes an item of 3 KB small", 6 },
    };

    public override async Task InitializeAsync()
    {
        _plain = await Host.CreateAsync(OperationsTable.Of("P:S S:S"));
        _indexed = await Host.CreateAsync(OperationsTable.Of("P:S S:S").WithGlobal("ByG", "G:S").WithLocal("ByL", "P:S L:N"));
        await Host.PutAsync(_plain, Key("big").With("D", new byte[3_000]));
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task Every_action_counts_two_units_for_each_begun_KB(string action, double units)
    {
        var (big, none) = (Key("big"), Key("none"));

        var consumed = await ConsumedAsync(ReturnConsumedCapacity.TOTAL, action switch
        {
            "put of a new item of 1 KB and a little" => Act.Put(_plain, none.With("D", new byte[1_100])),
            "put in place of an item of 3 KB" => Act.Put(_plain, big),
            "delete of an item of 3 KB" => Act.Delete(_plain, big),
            "delete of an item that is not there" => Act.Delete(_plain, none),
            "check of an item of 3 KB" => Act.Check(_plain, big, "attribute_exists(P)"),
            "check of an item that is not there" => Act.Check(_plain, none, "attribute_not_exists(P)"),
            _ => Act.Update(_plain, big, "REMOVE D"),
        });

        consumed.Should().Equal(new ConsumedCapacity(_plain, units) { WriteCapacityUnits = units });
    }

    [Fact]
    public async Task Index_units_are_not_doubled_and_each_table_is_told_apart()
    {
        var consumed = await ConsumedAsync(
            ReturnConsumedCapacity.INDEXES,
            Act.Put(_indexed, Key("a").With("G", "g").With("L", 1)),
            Act.Put(_plain, Key("a")),
            Act.Put(_indexed, Key("b").With("G", "g")));

        consumed.Should().BeEquivalentTo(new[]
        {
            new ConsumedCapacity(_indexed, 7)
            {
                WriteCapacityUnits = 7,
                Table = new(4) { WriteCapacityUnits = 4 },
                GlobalSecondaryIndexes = new Dictionary<string, Capacity> { ["ByG"] = new(2) },
                LocalSecondaryIndexes = new Dictionary<string, Capacity> { ["ByL"] = new(1) },
            },
            new ConsumedCapacity(_plain, 2) { WriteCapacityUnits = 2, Table = new(2) { WriteCapacityUnits = 2 } },
        });
    }

    [Fact]
    public async Task Nothing_is_told_that_was_not_asked_for()
    {
        var response = await Host.Db.TransactAsync(Act.Put(_indexed, Key("a").With("L", 1)));

        response.Should().Be(new TransactWriteItemsResponse());
    }

    [Fact]
    public async Task Collections_are_told_once_for_each_partition_of_tables_with_a_local_index()
    {
        var response = await Host.Db.TransactWriteItemsAsync(new(
        [
            Act.Put(_indexed, Key("a")), Act.Put(_plain, Key("a")), Act.Put(_indexed, Key("b")),
            Act.Put(_indexed, Key("a").With("P", "q")),
        ])
        {
            ReturnItemCollectionMetrics = ReturnItemCollectionMetrics.SIZE,
        });

        response.ItemCollectionMetrics!.Keys.Should().Equal(_indexed);
        response.ItemCollectionMetrics[_indexed].Select(collection => collection.ItemCollectionKey)
            .Should().BeEquivalentTo(new[] { new AttributeMap { ["P"] = "p" }, new AttributeMap { ["P"] = "q" } });
        response.ItemCollectionMetrics[_indexed].Should().OnlyContain(c => c.SizeEstimateRangeGB.SequenceEqual(new double[] { 0, 1 }));
    }

    private static AttributeMap Key(string sort) => new() { ["P"] = "p", ["S"] = sort };

    private async Task<IReadOnlyList<ConsumedCapacity>> ConsumedAsync(
        ReturnConsumedCapacity asked, params TransactWriteItem[] actions) =>
        (await Host.Db.TransactWriteItemsAsync(new(actions) { ReturnConsumedCapacity = asked })).ConsumedCapacity!;
}
