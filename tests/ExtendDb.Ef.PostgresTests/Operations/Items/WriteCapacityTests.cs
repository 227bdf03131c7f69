using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>The capacity units that DynamoDB counts for writes, on the table and on each index that changes.</summary>
public class WriteCapacityTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["P"] = "p", ["S"] = "s" };
    private static readonly AttributeMap Full = Key.With("G", "g").With("H", "h").With("L", "l").With("I", "i").With("X", "x");

    public static TheoryData<string> Changes => [.. ByName.Keys];

    /// <summary>Gets what a put over an item costs: the table, and each index that has an entry in the numbers.</summary>
    private static Dictionary<string, (AttributeMap? Before, AttributeMap After, double Table, string Indexes)> ByName => new()
    {
        ["first put without index keys"] = (null, Key, 1, ""),
        ["first put with all index keys"] = (null, Full, 1, "All=1 Included=1 Keys=1 Local=1"),
        ["put that changes nothing"] = (Full, Full, 1, ""),
        ["attribute that only ALL projects"] = (Full, Full.With("X", "y"), 1, "All=1 Local=1"),
        ["attribute that INCLUDE projects"] = (Full, Full.With("I", "j"), 1, "All=1 Included=1 Local=1"),
        ["key of the index on all"] = (Full, Full.With("G", "k"), 1, "All=2 Local=1"),
        ["key of the others"] = (Full, Full.With("H", "k"), 1, "All=1 Included=2 Keys=2 Local=1"),
        ["key of the local index"] = (Full, Full.With("L", "k"), 1, "All=1 Local=2"),
        ["index keys that go"] = (Full, Key, 1, "All=1 Included=1 Keys=1 Local=1"),
        ["index keys that come"] = (Key, Full, 1, "All=1 Included=1 Keys=1 Local=1"),
        ["1,024 bytes"] = (null, Key.With("D", new byte[1024 - 5]), 1, ""),
        ["1,025 bytes"] = (null, Key.With("D", new byte[1025 - 5]), 2, ""),
        ["smaller than the old one"] = (Key.With("D", new byte[3000]), Key, 3, ""),
        ["large item in an index on its keys"] = (
            Key.With("H", "h").With("D", new byte[3000]), Key.With("H", "k").With("D", new byte[3000]), 3, "Included=2 Keys=2"),
        ["large item in an index on all"] = (
            Key.With("G", "g").With("D", new byte[3000]), Key.With("G", "g").With("D", new byte[10]), 3, "All=3"),
        ["large item that moves in an index on all"] = (
            Key.With("G", "g").With("D", new byte[3000]), Key.With("G", "k").With("D", new byte[10]), 3, "All=4"),
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Put_costs_the_larger_item_and_each_index_that_changes(string name)
    {
        var (before, after, table, indexes) = ByName[name];
        var tableName = await TableAsync();
        if (before is not null)
        {
            await Host.PutAsync(tableName, before);
        }

        var response = await Host.Db.PutItemAsync(new(tableName, after)
        {
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        });

        var consumed = response.ConsumedCapacity!;
        Indexes(consumed).Should().Be(indexes);
        consumed.Table.Should().Be(new Capacity(table));
        consumed.CapacityUnits.Should().Be(table + Sum(consumed));
        consumed.TableName.Should().Be(tableName);
        (consumed.ReadCapacityUnits, consumed.WriteCapacityUnits).Should().Be((null, null));
    }

    [Fact]
    public async Task Total_holds_the_units_of_indexes_too_and_names_none()
    {
        var table = await TableAsync();

        var response = await Host.Db.PutItemAsync(new(table, Full) { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL });

        response.ConsumedCapacity.Should().Be(new ConsumedCapacity(table, 5));
    }

    [Fact]
    public async Task Nothing_is_counted_when_not_asked()
    {
        var table = await TableAsync();

        var response = await Host.Db.PutItemAsync(new(table, Full));

        (response.ConsumedCapacity, response.ItemCollectionMetrics).Should().Be((null, null));
    }

    [Theory]
    [InlineData("delete a missing item", 1, "")]
    [InlineData("delete", 3, "All=3 Included=1 Keys=1 Local=3")]
    [InlineData("update nothing", 3, "")]
    [InlineData("update to less", 3, "All=3 Local=3")]
    [InlineData("take from a missing item", 1, "")]
    [InlineData("create by update", 1, "All=1")]
    public async Task Delete_and_update_cost_what_a_put_does(string what, double units, string indexes)
    {
        var table = await TableAsync();
        var missing = Key.With("S", "missing");
        await Host.PutAsync(table, Full.With("D", new byte[2500]));

        var consumed = what switch
        {
            "delete a missing item" => (await DeleteAsync(missing)).ConsumedCapacity,
            "delete" => (await DeleteAsync(Key)).ConsumedCapacity,
            "update nothing" => (await UpdateAsync(Key, "SET X = X")).ConsumedCapacity,
            "update to less" => (await UpdateAsync(Key, "REMOVE D")).ConsumedCapacity,
            "take from a missing item" => (await UpdateAsync(missing, "REMOVE D")).ConsumedCapacity,
            _ => (await UpdateAsync(missing, "SET G = S")).ConsumedCapacity,
        };

        consumed!.Table.Should().Be(new Capacity(units));
        Indexes(consumed).Should().Be(indexes);

        Task<DeleteItemResponse> DeleteAsync(AttributeMap key) => Host.Db.DeleteItemAsync(new(table, key)
        {
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        });

        Task<UpdateItemResponse> UpdateAsync(AttributeMap key, string update) => Host.Db.UpdateItemAsync(new(table, key)
        {
            UpdateExpression = update,
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        });
    }

    [Fact]
    public async Task Batch_has_one_sum_for_each_table()
    {
        var (first, second) = (await TableAsync(), await Host.CreateAsync(OperationsTable.Of("P:S S:S")));

        var response = await Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [first] = [WriteRequest.Put(Full), WriteRequest.Put(Full.With("S", "t")), WriteRequest.Delete(Key.With("S", "u"))],
            [second] = [WriteRequest.Put(Key.With("D", new byte[1500]))],
        })
        {
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        });

        response.ConsumedCapacity.Should().HaveCount(2);
        var (one, two) = (response.ConsumedCapacity!.Single(c => c.TableName == first), response.ConsumedCapacity!.Single(c => c.TableName == second));
        (one.CapacityUnits, one.Table!.CapacityUnits, Indexes(one)).Should().Be((11, 3, "All=2 Included=2 Keys=2 Local=2"));
        (two.CapacityUnits, two.Table!.CapacityUnits, Indexes(two)).Should().Be((2, 2, ""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Collection_is_measured_only_where_there_is_a_local_index(bool local)
    {
        var table = local ? await TableAsync() : await Host.CreateAsync(OperationsTable.Of("P:S S:S"));
        const ReturnItemCollectionMetrics Size = ReturnItemCollectionMetrics.SIZE;

        var put = await Host.Db.PutItemAsync(new(table, Full) { ReturnItemCollectionMetrics = Size });
        var update = await Host.Db.UpdateItemAsync(new(table, Key) { ReturnItemCollectionMetrics = Size });
        var batch = await Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [table] = [WriteRequest.Put(Full), WriteRequest.Put(Full.With("S", "t")), WriteRequest.Put(Full.With("P", "q"))],
        })
        {
            ReturnItemCollectionMetrics = Size,
        });
        var delete = await Host.Db.DeleteItemAsync(new(table, Key) { ReturnItemCollectionMetrics = Size });

        foreach (var metrics in new[] { put.ItemCollectionMetrics, update.ItemCollectionMetrics, delete.ItemCollectionMetrics })
        {
            (metrics is not null).Should().Be(local);
            metrics?.ItemCollectionKey.Should().Equal(new AttributeMap { ["P"] = "p" });
            metrics?.SizeEstimateRangeGB.Should().Equal(0, 1);
        }

        batch.ItemCollectionMetrics?.Keys.Should().Equal(table);
        batch.ItemCollectionMetrics?[table].Select(m => m.ItemCollectionKey).Should().BeEquivalentTo(
            new[] { new AttributeMap { ["P"] = "p" }, new AttributeMap { ["P"] = "q" } });
        (batch.ItemCollectionMetrics is not null).Should().Be(local);
    }

    private static string Indexes(ConsumedCapacity consumed) => string.Join(' ', All(consumed)
        .OrderBy(index => index.Key, StringComparer.Ordinal)
        .Select(index => $"{index.Key}={index.Value.CapacityUnits}"));

    private static double Sum(ConsumedCapacity consumed) => All(consumed).Sum(index => index.Value.CapacityUnits);

    private static IEnumerable<KeyValuePair<string, Capacity>> All(ConsumedCapacity consumed)
    {
        consumed.LocalSecondaryIndexes?.Keys.Should().Equal("Local");
        consumed.GlobalSecondaryIndexes?.Keys.Should().NotBeEmpty();
        return (consumed.GlobalSecondaryIndexes ?? new Dictionary<string, Capacity>())
            .Concat(consumed.LocalSecondaryIndexes ?? new Dictionary<string, Capacity>());
    }

    private Task<string> TableAsync() => Host.CreateAsync(OperationsTable.Of("P:S S:S")
        .WithGlobal("All", "G:S")
        .WithGlobal("Keys", "H:S", Projection.KeysOnly)
        .WithGlobal("Included", "H:S", Projection.Include("I"))
        .WithLocal("Local", "P:S L:S"));
}
