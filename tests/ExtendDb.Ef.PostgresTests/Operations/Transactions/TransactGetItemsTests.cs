using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Transactions;

public class TransactGetItemsTests(OperationsFixture database) : OperationsTests(database)
{
    private const string NoMatch = "The provided key element does not match the schema";
    private static readonly AttributeMap Key = new() { ["P"] = "p", ["S"] = "s" };
    private static readonly AttributeMap Stored = Key.With("A", 1).With("M", new AttributeMap { ["x"] = 1, ["y"] = 2 });
    private static readonly AttributeMap Missing = new() { ["P"] = "p", ["S"] = "none" };

    private string _table = null!;
    private string _other = null!;

    public static TheoryData<string> Refusals => [.. ByName.Keys];

    private static Dictionary<string, (string Message, Func<string, TransactGetItemsRequest> Request)> ByName => new()
    {
        ["no list"] = (Shape("null", "transactItems", "Member must not be null"), _ => new((IReadOnlyList<TransactGetItem>)null!)),
        ["an empty list"] = (
            Shape("'[]'", "transactItems", "Member must have length greater than or equal to 1"), _ => new([])),
        ["101 keys"] = (
            "*Member must have length less than or equal to 100",
            table => new([.. Enumerable.Range(0, 101).Select(i => Act.Get(table, Key.With("S", $"{i}")))])),
        ["no get"] = (Shape("null", "transactItems.1.member.get", "Member must not be null"), _ => new([new(null!)])),
        ["no key"] = (
            Shape("null", "transactItems.1.member.get.key", "Member must not be null"), table => new([Act.Get(table, null!)])),
        ["no table"] = (
            Shape("null", "transactItems.2.member.get.tableName", "Member must not be null"),
            table => new([Act.Get(table, Key), Act.Get(null!, Key)])),
        ["one item twice"] = (
            "Transaction request cannot include multiple operations on one item",
            table => new([Act.Get(table, Key), Act.Get(table, Missing), Act.Get(table, Key, "A")])),
        ["an empty key"] = (
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                + "string value. Key: S",
            table => new([Act.Get(table, Key.With("S", ""))])),
        ["a syntax error in front of a missing table"] = (
            "Invalid ProjectionExpression: Syntax error; token: \"bad\", near: \"bad bad\"",
            _ => new([Act.Get("Nowhere", Key, "bad bad")])),
        ["a reserved word"] = (
            "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: status",
            table => new([Act.Get(table, Key, "status")])),
        ["overlapping paths"] = (
            "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these "
                + "paths; path one: [M], path two: [M, x]",
            table => new([Act.Get(table, Key, "M, M.x")])),
        ["names without an expression"] = (
            "ExpressionAttributeNames can only be specified when using expressions",
            table => new([new(new(table, Key) { ExpressionAttributeNames = new Dictionary<string, string> { ["#a"] = "A" } })])),
        ["a name that is not used"] = (
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}",
            table => new([new(new(table, Key)
            {
                ProjectionExpression = "A",
                ExpressionAttributeNames = new Dictionary<string, string> { ["#a"] = "A" },
            })])),
    };

    public override async Task InitializeAsync()
    {
        _table = await Host.CreateAsync(OperationsTable.Of("P:S S:S"));
        _other = await Host.CreateAsync(OperationsTable.Of("Id:N"));
        await Host.PutAsync(_table, Stored);
        await Host.PutAsync(_other, new() { ["Id"] = 1, ["D"] = new byte[9_000] });
    }

    [Fact]
    public async Task Items_of_several_tables_come_in_the_order_of_the_request()
    {
        var read = await Host.Db.TransactGetItemsAsync(new(
        [
            Act.Get(_table, Missing), Act.Get(_other, new() { ["Id"] = 1 }, "Id"), Act.Get(_table, Key),
        ]));

        read.Responses.Select(response => response.Item).Should().Equal(null, new AttributeMap { ["Id"] = 1 }, Stored);
    }

    [Fact]
    public async Task Projection_leaves_only_its_paths()
    {
        var read = await Host.Db.TransactGetItemsAsync(new([Act.Get(_table, Key, "A, M.y")]));

        read.Responses.Should().ContainSingle().Which.Item.Should()
            .Equal(new AttributeMap { ["A"] = 1, ["M"] = new AttributeMap { ["y"] = 2 } });
    }

    [Fact]
    public async Task Projection_that_matches_nothing_gives_no_item()
    {
        var read = await Host.Db.TransactGetItemsAsync(new([Act.Get(_table, Key, "Nothing")]));

        read.Responses.Should().Equal(new ItemResponse { Item = null });
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Broken_rule_is_refused_as_a_whole(string name)
    {
        var (message, request) = ByName[name];

        var refused = () => Host.Db.TransactGetItemsAsync(request(_table));

        await refused.Should().ThrowExactlyAsync<ValidationException>().WithMessage(message);
    }

    [Fact]
    public async Task Missing_table_is_refused()
    {
        var refused = () => Host.Db.TransactGetItemsAsync(new([Act.Get(_table, Key), Act.Get("Nowhere", Key)]));

        await refused.Should().ThrowAsync<ResourceNotFoundException>().WithMessage("Requested resource not found");
    }

    [Theory]
    [InlineData("mistyped")]
    [InlineData("missing")]
    [InlineData("extra")]
    [InlineData("none")]
    public async Task Key_that_does_not_fit_cancels_with_its_reason(string key)
    {
        var wrong = key switch
        {
            "mistyped" => Key.With("P", 1),
            "missing" => Key.Without("S"),
            "extra" => Stored,
            _ => AttributeMap.Empty,
        };

        var cancelled = () => Host.Db.TransactGetItemsAsync(
            new([Act.Get(_table, Missing), Act.Get(_table, wrong), Act.Get(_table, Key.With("S", 2))]));

        (await cancelled.Should().ThrowAsync<TransactionCanceledException>()).Which.CancellationReasons
            .Should().Equal(CancellationReason.None, new("ValidationError", NoMatch), CancellationReason.None);
    }

    [Theory]
    [InlineData(ReturnConsumedCapacity.TOTAL)]
    [InlineData(ReturnConsumedCapacity.INDEXES)]
    public async Task Capacity_is_doubled_for_each_item_and_told_for_each_table(ReturnConsumedCapacity asked)
    {
        var read = await Host.Db.TransactGetItemsAsync(new(
        [
            Act.Get(_table, Missing), Act.Get(_other, new() { ["Id"] = 1 }, "Nothing"), Act.Get(_table, Key),
        ])
        {
            ReturnConsumedCapacity = asked,
        });

        var table = asked == ReturnConsumedCapacity.INDEXES;
        read.ConsumedCapacity.Should().BeEquivalentTo(new[]
        {
            new ConsumedCapacity(_table, 4)
            {
                ReadCapacityUnits = 4, Table = table ? new(4) { ReadCapacityUnits = 4 } : null,
            },
            new ConsumedCapacity(_other, 6)
            {
                ReadCapacityUnits = 6, Table = table ? new(6) { ReadCapacityUnits = 6 } : null,
            },
        });
    }

    [Fact]
    public async Task Items_that_a_writer_holds_are_read_as_they_were()
    {
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().TransactAsync(Act.Delete(_table, Key), Act.Put(_table, Missing));

        var read = await Host.Db.TransactGetItemsAsync(new([Act.Get(_table, Key), Act.Get(_table, Missing)]));

        read.Responses.Select(response => response.Item).Should().Equal(Stored, null);
    }

    private static string Shape(string value, string member, string constraint) =>
        $"1 validation error detected: Value {value} at '{member}' failed to satisfy constraint: {constraint}";
}
