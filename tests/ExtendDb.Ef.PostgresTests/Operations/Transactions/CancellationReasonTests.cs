using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Transactions;

public class CancellationReasonTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string NoMatch = "The provided key element does not match the schema";
    private static readonly AttributeMap Stored = new() { ["P"] = "p", ["S"] = "s", ["D"] = 1, ["T"] = "text", ["G"] = 1 };
    private static readonly AttributeMap Key = new() { ["P"] = "p", ["S"] = "s" };
    private static readonly AttributeMap Other = new() { ["P"] = "p", ["S"] = "other" };

    private string _table = null!;

    public static TheoryData<string> ValidationErrors => [.. ByName.Keys];

    private static Dictionary<string, (string Message, Func<string, TransactWriteItem> Action)> ByName => new()
    {
        ["put of a mistyped key"] = (
            Invalid + "Type mismatch for key P expected: S actual: N", table => Act.Put(table, Key.With("P", 1))),
        ["put of a key that is a list"] = (
            Invalid + "Type mismatch for key P expected: S actual: L", table => Act.Put(table, Key.With("P", new AttributeValue.L()))),
        ["put without the sort key"] = (
            Invalid + "Missing the key S in the item", table => Act.Put(table, Key.Without("S"))),
        ["put of a mistyped index key"] = (
            Invalid + "Type mismatch for Index Key G Expected: N Actual: S IndexName: ByG",
            table => Act.Put(table, Key.With("G", "1"))),
        ["put of a partition key of 2,049 bytes"] = (
            Invalid + "Size of hashkey has exceeded the maximum size limit of2048 bytes",
            table => Act.Put(table, Key.With("P", new string('x', 2049)))),
        ["delete of a mistyped key"] = (NoMatch, table => Act.Delete(table, Key.With("S", 1))),
        ["delete without the sort key"] = (NoMatch, table => Act.Delete(table, Key.Without("S"))),
        ["delete with one attribute too many"] = (NoMatch, table => Act.Delete(table, Stored)),
        ["delete without any key"] = (NoMatch, table => Act.Delete(table, [])),
        ["update of a mistyped key"] = (NoMatch, table => Act.Update(table, Key.With("S", 1), "SET D = :v", 1)),
        ["update without the sort key"] = (NoMatch, table => Act.Update(table, Key.Without("S"), "SET D = :v", 1)),
        ["update with one attribute too many"] = (NoMatch, table => Act.Update(table, Key.With("X", 1), "SET D = :v", 1)),
        ["check of a mistyped key"] = (NoMatch, table => Act.Check(table, Key.With("S", 1), "attribute_exists(P)")),
        ["check with one attribute too many"] = (NoMatch, table => Act.Check(table, Stored, "attribute_exists(P)")),
        ["update of a key attribute"] = (
            Invalid + "Cannot update attribute S. This attribute is part of the key",
            table => Act.Update(table, Key, "SET S = :v", "t")),
        ["update to a mistyped index key"] = (
            Invalid + "Type mismatch for Index Key G Expected: N Actual: S IndexName: ByG",
            table => Act.Update(table, Key, "SET G = :v", "1")),
        ["update to 409,601 bytes"] = (
            "Item size to update has exceeded the maximum allowed size",
            table => Act.Update(table, Other, "SET D = :v", new byte[409_601 - 9])),
        ["update of an attribute that is not there"] = (
            "The provided expression refers to an attribute that does not exist in the item",
            table => Act.Update(table, Key, "SET D = Absent + :v", 1)),
        ["update that adds a number to a text"] = (
            "An operand in the update expression has an incorrect data type",
            table => Act.Update(table, Key, "SET T = T + :v", 1)),
        ["update by ADD of a number to a text"] = (
            "An operand in the update expression has an incorrect data type",
            table => Act.Update(table, Key, "ADD T :v", 1)),
        ["update below a map that is not there"] = (
            "The document path provided in the update expression is invalid for update",
            table => Act.Update(table, Key, "SET Absent.X = :v", 1)),
        ["update that nests the item too deeply"] = (
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
            table => Act.Update(table, Key.With("S", "deep"), "SET D.a = :v", Nested(31))),
    };

    public override async Task InitializeAsync()
    {
        _table = await Host.CreateAsync(OperationsTable.Of("P:S S:S").WithGlobal("ByG", "G:N").WithLocal("ByL", "P:S L:B"));
        await Host.PutAsync(_table, Stored);
        await Host.PutAsync(_table, Key.With("S", "deep").With("D", new AttributeMap()));
    }

    [Theory]
    [MemberData(nameof(ValidationErrors))]
    public async Task Action_that_does_not_fit_is_the_only_reason(string name)
    {
        var (message, action) = ByName[name];
        var before = await Host.RowsAsync();

        var reasons = await ReasonsAsync(
            Act.Put(_table, Key.With("S", "first")),
            action(_table),
            Act.Update(_table, Key.With("S", "last"), "SET T = :v", 1));

        reasons.Should().Equal(CancellationReason.None, new("ValidationError", message), CancellationReason.None);
        (await Host.RowsAsync()).Should().Be(before);
        (await Host.GetAsync(_table, Key)).Should().Equal(Stored);
    }

    [Fact]
    public async Task Every_false_condition_is_reported_in_its_place()
    {
        var reasons = await ReasonsAsync(
            Act.Put(_table, Key, "attribute_not_exists(P)"),
            Act.Update(_table, Other, "SET D = :v", 1),
            Act.Delete(_table, Key.With("S", "none"), "attribute_exists(P)"),
            Act.Check(_table, Key.With("S", "deep"), "D = :v", 1),
            Act.Update(_table, Key.With("S", "nobody"), "SET D = :v", 1, "D = :v"));

        reasons.Select(reason => reason.Code).Should().Equal(
            "ConditionalCheckFailed", "None", "ConditionalCheckFailed", "ConditionalCheckFailed", "ConditionalCheckFailed");
        reasons.Where(reason => reason.Code != "None").Should()
            .OnlyContain(reason => reason.Message == "The conditional request failed" && reason.Item == null);
    }

    [Fact]
    public async Task Message_lists_the_codes_in_the_order_of_the_request()
    {
        var cancelled = () => Host.Db.TransactAsync(
            Act.Put(_table, Other),
            Act.Delete(_table, Key, "attribute_not_exists(P)"),
            Act.Put(_table, Key.With("S", "third")));

        await cancelled.Should().ThrowAsync<TransactionCanceledException>().WithMessage(
            "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None]");
    }

    [Theory]
    [InlineData("put")]
    [InlineData("delete")]
    [InlineData("update")]
    [InlineData("check")]
    public async Task Stored_item_comes_with_its_reason_where_it_was_asked_for(string kind)
    {
        TransactWriteItem False(AttributeMap key) => kind switch
        {
            "put" => Act.Put(_table, key, "D = :v", 99),
            "delete" => Act.Delete(_table, key, "D = :v", 99),
            "update" => Act.Update(_table, key, "SET D = :v", 99, "D = :v"),
            _ => Act.Check(_table, key, "D = :v", 99),
        };

        var reasons = await ReasonsAsync(
            False(Key).WithItem(), False(Key.With("S", "deep")), False(Key.With("S", "none")).WithItem());

        reasons.Select(reason => reason.Item).Should().Equal(Stored, null, null);
    }

    [Fact]
    public async Task Mistyped_key_hides_false_conditions_and_duplicates()
    {
        var reasons = await ReasonsAsync(
            Act.Put(_table, Key, "attribute_not_exists(P)"),
            Act.Delete(_table, Key),
            Act.Delete(_table, Key.With("S", 1)));

        reasons.Should().Equal(CancellationReason.None, CancellationReason.None, new("ValidationError", NoMatch));
    }

    private static AttributeValue Nested(int levels)
    {
        AttributeValue nested = 1;
        for (var level = 0; level < levels; level++)
        {
            nested = new AttributeMap { ["a"] = nested };
        }

        return nested;
    }

    private async Task<IReadOnlyList<CancellationReason>> ReasonsAsync(params TransactWriteItem[] actions)
    {
        var cancelled = () => Host.Db.TransactAsync(actions);
        return (await cancelled.Should().ThrowAsync<TransactionCanceledException>()).Which.CancellationReasons;
    }
}
