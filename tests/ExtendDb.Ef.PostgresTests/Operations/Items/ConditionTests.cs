using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>A condition sees the stored item, or none, and decides alone whether a write happens.</summary>
public class ConditionTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Put = "put";
    private const string Update = "update";
    private const string Delete = "delete";

    private static readonly AttributeMap Key = new() { ["Id"] = "1" };
    private static readonly AttributeMap Old = ItemJson.Map(
        """{"Id":{"S":"1"},"A":{"N":"5"},"M":{"M":{"b":{"S":"x"}}},"T":{"SS":["a","b"]},"Z":{"NULL":true}}""");

    private static readonly AttributeMap Values = new() { [":v"] = 5 };

    public static IEnumerable<object[]> Expressions =>
        from write in (string[])[Put, Update, Delete]
        from condition in ByCondition.Keys
        select new object[] { write, condition };

    public static TheoryData<string> Expectations => [.. ByName.Keys];

    /// <summary>Gets for each condition whether it holds for the stored item, and for none.</summary>
    private static Dictionary<string, (bool Stored, bool Missing)> ByCondition => new()
    {
        ["A = :v"] = (true, false),
        ["A <> :v"] = (false, true),
        ["A < :v"] = (false, false),
        ["attribute_exists(Id) AND A <= :v"] = (true, false),
        ["attribute_not_exists(Id) OR A > :v"] = (false, true),
        ["NOT A = :v"] = (false, true),
        ["A <> :v OR Q <> :v"] = (true, true),
        ["size(T) < :v"] = (true, false),
        ["M.b = :v"] = (false, false),
    };

    private static Dictionary<string, (string Attribute, ExpectedAttributeValue Expected, bool Stored, bool Missing)> ByName =>
        new()
        {
            ["value that is equal"] = ("A", new() { Value = 5 }, true, false),
            ["value that differs"] = ("A", new() { Value = 6 }, false, false),
            ["value of another type"] = ("A", new() { Value = "5" }, false, false),
            ["value with Exists"] = ("A", new() { Exists = true, Value = 5 }, true, false),
            ["not there"] = ("A", new() { Exists = false }, false, true),
            ["another one not there"] = ("Q", new() { Exists = false }, true, true),
            ["EQ of a set in another order"] = (
                "T", Of(ComparisonOperator.EQ, new AttributeValue.SS("b", "a")), true, false),
            ["NE of a missing attribute"] = ("Q", Of(ComparisonOperator.NE, 1), true, true),
            ["NULL of a stored null"] = ("Z", Of(ComparisonOperator.NULL), false, true),
            ["NOT_NULL of a stored null"] = ("Z", Of(ComparisonOperator.NOT_NULL), true, false),
            ["CONTAINS of a set"] = ("T", Of(ComparisonOperator.CONTAINS, "a"), true, false),
            ["NOT_CONTAINS of a set"] = ("T", Of(ComparisonOperator.NOT_CONTAINS, "c"), true, false),
            ["NOT_CONTAINS of a missing attribute"] = ("Q", Of(ComparisonOperator.NOT_CONTAINS, "c"), false, false),
            ["BETWEEN"] = ("A", Of(ComparisonOperator.BETWEEN, 4, 5), true, false),
            ["IN"] = ("A", Of(ComparisonOperator.IN, 4, 5), true, false),
            ["BEGINS_WITH of another type"] = ("A", Of(ComparisonOperator.BEGINS_WITH, "5"), false, false),
            ["LT of another type"] = ("A", Of(ComparisonOperator.LT, "9"), false, false),
        };

    [Theory]
    [MemberData(nameof(Expressions))]
    public async Task Condition_alone_decides_whether_the_write_happens(string write, string condition)
    {
        var (stored, missing) = (await TableAsync(stored: true), await TableAsync(stored: false));

        var (holdsStored, holdsMissing) = (
            await HappensAsync(() => WriteAsync(stored, write, condition)),
            await HappensAsync(() => WriteAsync(missing, write, condition)));

        (holdsStored, holdsMissing).Should().Be(ByCondition[condition]);
        Equals(await Host.GetAsync(stored, Key), holdsStored ? Written(write, Old) : Old).Should().BeTrue();
        Equals(await Host.GetAsync(missing, Key), holdsMissing ? Written(write, Key) : null).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Expectations))]
    public async Task Expected_alone_decides_whether_the_write_happens(string name)
    {
        var (stored, missing) = (await TableAsync(stored: true), await TableAsync(stored: false));
        var (attribute, expected, holdsStored, holdsMissing) = ByName[name];

        (await HappensAsync(() => PutAsync(stored))).Should().Be(holdsStored);
        (await HappensAsync(() => PutAsync(missing))).Should().Be(holdsMissing);

        Task PutAsync(string table) => Host.Db.PutItemAsync(new(table, Key.With("New", 1))
        {
            Expected = new Dictionary<string, ExpectedAttributeValue> { [attribute] = expected },
        });
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(ConditionalOperator.AND, false)]
    [InlineData(ConditionalOperator.OR, true)]
    public async Task Expectations_are_joined_by_the_conditional_operator(ConditionalOperator? joined, bool holds)
    {
        var table = await TableAsync(stored: true);

        var happens = await HappensAsync(() => Host.Db.DeleteItemAsync(new(table, Key)
        {
            Expected = new Dictionary<string, ExpectedAttributeValue>
            {
                ["A"] = new() { Value = 5 },
                ["Z"] = new() { Value = 6 },
            },
            ConditionalOperator = joined,
        }));

        happens.Should().Be(holds);
    }

    [Theory]
    [InlineData(Put)]
    [InlineData(Update)]
    [InlineData(Delete)]
    public async Task Failed_condition_returns_the_stored_item_when_asked(string write)
    {
        var table = await TableAsync(stored: true);

        var run = () => WriteAsync(table, write, "A > :v", ReturnValuesOnConditionCheckFailure.ALL_OLD);

        (await run.Should().ThrowAsync<ConditionalCheckFailedException>()).Which.Item.Should().Equal(Old);
    }

    [Theory]
    [InlineData(Put, true)]
    [InlineData(Update, true)]
    [InlineData(Delete, true)]
    [InlineData(Put, false)]
    [InlineData(Update, false)]
    [InlineData(Delete, false)]
    public async Task Failed_condition_returns_no_item_when_not_asked_or_there_is_none(string write, bool stored)
    {
        var table = await TableAsync(stored);

        var run = () => WriteAsync(table, write, "A > :v", stored
            ? ReturnValuesOnConditionCheckFailure.NONE
            : ReturnValuesOnConditionCheckFailure.ALL_OLD);

        (await run.Should().ThrowAsync<ConditionalCheckFailedException>()).Which.Item.Should().BeNull();
    }

    [Fact]
    public async Task Failed_expectation_returns_the_stored_item_when_asked()
    {
        var table = await TableAsync(stored: true);

        var run = () => Host.Db.UpdateItemAsync(new(table, Key)
        {
            AttributeUpdates = new Dictionary<string, AttributeValueUpdate> { ["A"] = AttributeValueUpdate.Put(1) },
            Expected = new Dictionary<string, ExpectedAttributeValue> { ["A"] = new() { Value = 6 } },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        });

        (await run.Should().ThrowAsync<ConditionalCheckFailedException>()).Which.Item.Should().Equal(Old);
    }

    [Fact]
    public async Task Failed_condition_is_said_before_an_operand_that_is_missing()
    {
        var table = await TableAsync(stored: true);

        var run = () => Host.Db.UpdateItemAsync(new(table, Key)
        {
            UpdateExpression = "SET A = Q + :v",
            ConditionExpression = "A > :v",
            ExpressionAttributeValues = Values,
        });

        await run.Should().ThrowAsync<ConditionalCheckFailedException>();
    }

    private static async Task<bool> HappensAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (ConditionalCheckFailedException refused) when (refused.Message == "The conditional request failed")
        {
            return false;
        }
    }

    private static ExpectedAttributeValue Of(ComparisonOperator comparison, params AttributeValue[] values) =>
        new() { ComparisonOperator = comparison, AttributeValueList = values.Length == 0 ? null : values };

    private static AttributeMap? Written(string write, AttributeMap before) => write switch
    {
        Put => Key.With("New", 1),
        Update => before.With("New", 5),
        _ => null,
    };

    private Task WriteAsync(
        string table,
        string write,
        string condition,
        ReturnValuesOnConditionCheckFailure whenFalse = ReturnValuesOnConditionCheckFailure.NONE) => write switch
        {
            Put => Host.Db.PutItemAsync(new(table, Key.With("New", 1))
            {
                ConditionExpression = condition,
                ExpressionAttributeValues = Values,
                ReturnValuesOnConditionCheckFailure = whenFalse,
            }),
            Update => Host.Db.UpdateItemAsync(new(table, Key)
            {
                UpdateExpression = "SET #new = :v",
                ConditionExpression = condition,
                ExpressionAttributeNames = new Dictionary<string, string> { ["#new"] = "New" },
                ExpressionAttributeValues = Values,
                ReturnValuesOnConditionCheckFailure = whenFalse,
            }),
            _ => Host.Db.DeleteItemAsync(new(table, Key)
            {
                ConditionExpression = condition,
                ExpressionAttributeValues = Values,
                ReturnValuesOnConditionCheckFailure = whenFalse,
            }),
        };

    private async Task<string> TableAsync(bool stored)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        if (stored)
        {
            await Host.PutAsync(table, Old);
        }

        return table;
    }
}
