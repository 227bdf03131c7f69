using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

/// <summary>A page costs half a unit, or one when consistent, for each begun 4 KB of the sum of what was read.</summary>
public class ReadCapacityTests(OperationsFixture database) : OperationsTests(database)
{
    [Theory]
    [InlineData(4096, false, 0.5)]
    [InlineData(4097, false, 1)]
    [InlineData(4096, true, 1)]
    [InlineData(4097, true, 2)]
    [InlineData(12_288, true, 3)]
    [InlineData(12_289, false, 2)]
    public async Task Sum_of_the_items_is_rounded_once(int bytes, bool consistent, double units)
    {
        var table = await TableAsync(bytes);

        var queried = await QueryAsync(table, q => q with { ConsistentRead = consistent });
        var scanned = await ScanAsync(table, s => s with { ConsistentRead = consistent });

        queried.Should().Be(new ConsumedCapacity(table, units));
        scanned.Should().Be(new ConsumedCapacity(table, units));
    }

    [Fact]
    public async Task Filter_projection_and_count_make_nothing_cheaper()
    {
        var table = await TableAsync(12_289);

        var units = new[]
        {
            await QueryAsync(table, q => q with { FilterExpression = "attribute_not_exists(P2)", ProjectionExpression = "S" }),
            await QueryAsync(table, q => q with { FilterExpression = "attribute_exists(P2)" }),
            await QueryAsync(table, q => q with { Select = Select.COUNT }),
            await ScanAsync(table, s => s with { FilterExpression = "attribute_exists(P2)", Select = Select.COUNT }),
        };

        units.Select(u => u!.CapacityUnits).Should().Equal(2, 2, 2, 2);
    }

    [Theory]
    [InlineData(false, 0.5)]
    [InlineData(true, 1)]
    public async Task Page_without_items_costs_the_least_there_is(bool consistent, double units)
    {
        var table = await TableAsync(4096);

        var nobody = await QueryAsync(table, q => q with
        {
            KeyConditions = Of(("P", Condition.EqualTo("nobody"))),
            ConsistentRead = consistent,
        });
        var nothing = await QueryAsync(table, q => q with
        {
            KeyConditions = Of(("P", Condition.EqualTo("h")), ("S", Condition.LessThan(DynamoNumber.Parse("-9.9e125")))),
            ConsistentRead = consistent,
        });

        (nobody!.CapacityUnits, nothing!.CapacityUnits).Should().Be((units, units));
    }

    [Fact]
    public async Task Table_alone_is_told_of_the_table()
    {
        var table = await TableAsync(4096);

        var told = await QueryAsync(table, q => q with { ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES });

        told.Should().Be(new ConsumedCapacity(table, 0.5) { Table = new(0.5) });
    }

    [Theory]
    [InlineData("Local", true, 1.5)]
    [InlineData("Global", false, 1.5)]
    [InlineData("LocalKeys", true, 0.5)]
    [InlineData("GlobalKeys", false, 0.5)]
    public async Task Index_is_charged_for_what_it_projects_and_the_table_for_nothing(string index, bool isLocal, double units)
    {
        var table = await TableAsync(9_000);
        var key = Of((isLocal ? "P" : "G", Condition.EqualTo(isLocal ? "h" : "g")));
        var ofIndex = new Dictionary<string, Capacity> { [index] = new(units) };
        var expected = new ConsumedCapacity(table, units)
        {
            Table = new(0),
            LocalSecondaryIndexes = isLocal ? ofIndex : null,
            GlobalSecondaryIndexes = isLocal ? null : ofIndex,
        };

        var queried = await QueryAsync(table, q => q with
        {
            IndexName = index,
            KeyConditions = key,
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        });
        var scanned = await ScanAsync(table, s => s with
        {
            IndexName = index,
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        });

        queried.Should().BeEquivalentTo(expected);
        scanned.Should().BeEquivalentTo(expected);
    }

    [Fact]
    public async Task Nothing_is_told_unasked()
    {
        var table = await TableAsync(4096);

        var told = await QueryAsync(table, q => q with { ReturnConsumedCapacity = ReturnConsumedCapacity.NONE });

        told.Should().BeNull();
    }

    private async Task<ConsumedCapacity?> QueryAsync(string table, Func<QueryRequest, QueryRequest> change) =>
        (await Host.Db.QueryAsync(change(new(table)
        {
            KeyConditions = Of(("P", Condition.EqualTo("h"))),
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        }))).ConsumedCapacity;

    private async Task<ConsumedCapacity?> ScanAsync(string table, Func<ScanRequest, ScanRequest> change) =>
        (await Host.Db.ScanAsync(change(new(table) { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL }))).ConsumedCapacity;

    private static Dictionary<string, Condition> Of(params (string Name, Condition Is)[] conditions) =>
        conditions.ToDictionary(c => c.Name, c => c.Is);

    /// <summary>Makes a table with three items of a size together.</summary>
    private async Task<string> TableAsync(int bytes)
    {
        var table = await Host.DefineAsync(OperationsTable.Of("P:S S:N")
            .WithLocal("Local", "P:S L:N").WithLocal("LocalKeys", "P:S L:N", Projection.KeysOnly)
            .WithGlobal("Global", "G:S", delayMs: 0).WithGlobal("GlobalKeys", "G:S", Projection.KeysOnly, delayMs: 0));
        await using var context = Host.CreateContext();
        context.AddRange(((int[])[100, 200, bytes - 300]).Select((size, i) =>
        {
            var item = new AttributeMap { ["P"] = "h", ["S"] = i + 1, ["L"] = i + 1, ["G"] = "g" };
            return Item.Create(table, item.With("D", new byte[size - ItemSize.Of(item) - 1]));
        }));
        await context.SaveChangesAsync();
        return table.Name;
    }
}
