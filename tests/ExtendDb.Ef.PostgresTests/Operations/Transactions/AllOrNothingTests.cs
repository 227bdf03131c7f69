using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Transactions;

public class AllOrNothingTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Put = Key("put").With("G", "g").With("L", 1);
    private static readonly AttributeMap Updated = Key("updated").With("G", "g").With("L", 2);
    private static readonly AttributeMap Deleted = new() { ["Id"] = "deleted", ["G"] = 1 };
    private static readonly AttributeMap Checked = new() { ["Id"] = "checked", ["G"] = 2 };

    private TableDefinition _orders = null!;
    private TableDefinition _stock = null!;

    public override async Task InitializeAsync()
    {
        _orders = await Host.DefineAsync(OperationsTable.Of("P:S S:S").WithGlobal("ByG", "G:S").WithLocal("ByL", "P:S L:N"));
        _stock = await Host.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ByG", "G:N"));
        await Host.PutAsync(_orders.Name, Updated);
        await Host.PutAsync(_stock.Name, Deleted);
        await Host.PutAsync(_stock.Name, Checked);
        await Host.DrainAsync();
    }

    [Fact]
    public async Task Four_actions_on_two_tables_are_all_done()
    {
        await Host.Db.TransactAsync(Actions());

        (await Host.GetAsync(_orders.Name, Key("put"))).Should().Equal(Put);
        (await Host.GetAsync(_orders.Name, Key("updated"))).Should().Equal(Updated.With("L", 7));
        (await Host.GetAsync(_stock.Name, Deleted.Without("G"))).Should().BeNull();
        (await Host.GetAsync(_stock.Name, Checked.Without("G"))).Should().Equal(Checked);
    }

    [Fact]
    public async Task Every_changed_item_has_one_marker_and_the_checked_one_none()
    {
        await Host.Db.TransactAsync(Actions());

        (await Host.MarkersAsync(_orders)).Should().HaveCount(2);
        (await Host.MarkersAsync(_stock)).Should().ContainSingle();
    }

    [Fact]
    public async Task Local_entries_are_right_at_once_and_global_ones_when_the_markers_are_applied()
    {
        await Host.Db.TransactAsync(Actions());

        (await Host.QueryAllAsync(OperationsQuery.OfIndex(_orders.Name, "ByL", ("P", Condition.EqualTo("p")))))
            .Should().Equal(Put, Updated.With("L", 7));
        await Host.DrainAsync();
        (await DivergentAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task One_false_condition_in_any_place_leaves_nothing_behind(int place)
    {
        var before = await Host.RowsAsync();
        var actions = Actions();
        actions = [.. actions[..place], False(actions[place]), .. actions[(place + 1)..]];

        var cancelled = () => Host.Db.TransactAsync(actions);

        await cancelled.Should().ThrowAsync<TransactionCanceledException>();
        (await Host.RowsAsync()).Should().Be(before);
        (await Host.GetAsync(_orders.Name, Key("updated"))).Should().Equal(Updated);
        (await Host.GetAsync(_stock.Name, Deleted.Without("G"))).Should().Equal(Deleted);
    }

    [Fact]
    public async Task Checked_item_is_not_written()
    {
        var before = await VersionAsync();

        await Host.Db.TransactAsync(Actions());

        (await VersionAsync()).Should().Be(before);

        async Task<object?> VersionAsync() => await Host.ScalarAsync(
            $"SELECT version || ' ' || xmin FROM extenddb.items WHERE table_id = {_stock.Id} AND document -> 'Id' ->> 'S' = 'checked'");
    }

    [Fact]
    public async Task Hundred_actions_are_done_together()
    {
        var actions = Enumerable.Range(0, 100).Select(i => Act.Put(_orders.Name, Key($"{i}").With("L", i).With("G", "x"))).ToArray();

        await Host.Db.TransactAsync(actions);

        (await Host.CountAsync($"items WHERE table_id = {_orders.Id}")).Should().Be(101);
        (await Host.CountAsync($"index_entries WHERE index_id = {_orders.LocalIndexes[0].Id}")).Should().Be(101);
    }

    [Fact]
    public async Task Delete_of_an_item_that_is_not_there_and_an_update_that_only_takes_away_create_nothing()
    {
        var before = await Host.RowsAsync();

        await Host.Db.TransactAsync(
            Act.Delete(_stock.Name, new() { ["Id"] = "none" }),
            Act.Update(_stock.Name, new() { ["Id"] = "nobody" }, "REMOVE G"),
            Act.Check(_stock.Name, new() { ["Id"] = "no one" }, "attribute_not_exists(Id)"));

        (await Host.RowsAsync()).Should().Be(before);
    }

    private static AttributeMap Key(string sort) => new() { ["P"] = "p", ["S"] = sort };

    private static TransactWriteItem False(TransactWriteItem action) => new()
    {
        Put = action.Put is null ? null : action.Put with { ConditionExpression = "attribute_exists(Nothing)" },
        Update = action.Update is null ? null : action.Update with { ConditionExpression = "attribute_exists(Nothing)" },
        Delete = action.Delete is null ? null : action.Delete with { ConditionExpression = "attribute_exists(Nothing)" },
        ConditionCheck = action.ConditionCheck is null
            ? null
            : action.ConditionCheck with { ConditionExpression = "attribute_exists(Nothing)" },
    };

    private TransactWriteItem[] Actions() =>
    [
        Act.Put(_orders.Name, Put, "attribute_not_exists(P)"),
        Act.Update(_orders.Name, Key("updated"), "SET L = L + :v", 5),
        Act.Delete(_stock.Name, Deleted.Without("G"), "attribute_exists(Id)"),
        Act.Check(_stock.Name, Checked.Without("G"), "attribute_exists(G)"),
    ];

    private async Task<long> DivergentAsync()
    {
        var database = Host.Database();
        var verified = (await IndexVerification.RunAsync(database, _orders, default))
            .Concat(await IndexVerification.RunAsync(database, _stock, default));
        return verified.Sum(index => index.Divergent + index.Waiting);
    }
}
