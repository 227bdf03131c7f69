using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>Writes through a context of the caller's, in a transaction of the caller's or without one.</summary>
public class CallersTransactionTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["P"] = "p", ["S"] = "s" };
    private static readonly AttributeMap Old = Key.With("G", "g").With("L", "l").With("A", 1);

    private delegate Task Call(IExtendDb db, string table);

    public static TheoryData<string> Refusals => [.. ByName.Keys];

    private static Dictionary<string, Call> ByName => new()
    {
        ["put whose condition fails"] = (db, t) => db.PutItemAsync(new(t, Old.With("A", 2))
        {
            ConditionExpression = "attribute_not_exists(P)",
        }),
        ["update whose condition fails"] = (db, t) => db.UpdateItemAsync(new(t, Key)
        {
            UpdateExpression = "SET A = P",
            ConditionExpression = "attribute_exists(Q)",
        }),
        ["delete whose condition fails"] = (db, t) => db.DeleteItemAsync(new(t, Key)
        {
            ConditionExpression = "attribute_exists(Q)",
        }),
        ["update with a missing operand"] = (db, t) => db.UpdateItemAsync(new(t, Key) { UpdateExpression = "SET A = Q" }),
        ["update to a mistyped index key"] = (db, t) => db.UpdateItemAsync(new(t, Key) { UpdateExpression = "SET G = A" }),
        ["batch with a mistyped index key"] = (db, t) => db.BatchWriteItemAsync(new(
            new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [t] = [WriteRequest.Put(Old.With("S", "new")), WriteRequest.Put(Old.With("L", 1))],
            })),
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refused_write_leaves_the_transaction_usable_and_nothing_written(string name)
    {
        var table = await TableAsync();
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new(table, Key.With("S", "before")));

        var refused = () => ByName[name](context.ExtendDb(), table);

        await refused.Should().ThrowAsync<DynamoDbException>();
        await context.ExtendDb().PutItemAsync(new(table, Key.With("S", "after")));
        await transaction.CommitAsync();
        (await Host.Db.ScanAsync(new(table))).Items.Should().BeEquivalentTo(
            new[] { Old, Key.With("S", "before"), Key.With("S", "after") });
        (await Host.Db.ScanAsync(new(table) { IndexName = "Local" })).Items.Should().Equal(Old);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refused_write_leaves_a_tracked_instance_tracked_and_as_it_was(string name)
    {
        var table = await TableAsync();
        await using var context = Host.CreateContext();
        var tracked = await TrackedAsync(context, table);

        var refused = () => ByName[name](context.ExtendDb(), table);

        await refused.Should().ThrowAsync<DynamoDbException>();
        context.Entry(tracked).State.Should().Be(EntityState.Unchanged);
        tracked.Document.Should().Equal(Old);
        context.ChangeTracker.Entries().Should().ContainSingle();
    }

    [Theory]
    [InlineData("put", true)]
    [InlineData("update", true)]
    [InlineData("batch", true)]
    [InlineData("put", false)]
    [InlineData("update", false)]
    [InlineData("batch", false)]
    public async Task Tracked_instance_follows_a_write_and_can_be_saved_after_it(string write, bool inTransaction)
    {
        var table = await TableAsync();
        await using var context = Host.CreateContext();
        var definition = await Host.Db.GetTableDefinitionAsync(table);
        await using var transaction = inTransaction ? await context.Database.BeginTransactionAsync() : null;
        var tracked = await TrackedAsync(context, table);
        var changed = Old.With("A", 2);

        await WriteAsync(context.ExtendDb(), table, write, changed);

        tracked.Document.Should().Equal(changed);
        context.Entry(tracked).State.Should().Be(EntityState.Unchanged);
        tracked.Replace(definition, Old.With("A", 3));
        await context.SaveChangesAsync();
        await (transaction?.CommitAsync() ?? Task.CompletedTask);
        (await Host.GetAsync(table, Key)).Should().Equal(Old.With("A", 3));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tracked_instance_of_a_deleted_item_is_let_go(bool batch)
    {
        var table = await TableAsync();
        await using var context = Host.CreateContext();
        var tracked = await TrackedAsync(context, table);

        await (batch
            ? context.ExtendDb().BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [table] = [WriteRequest.Delete(Key)],
            }))
            : (Task)context.ExtendDb().DeleteItemAsync(new(table, Key)));

        context.Entry(tracked).State.Should().Be(EntityState.Detached);
        (await Host.GetAsync(table, Key)).Should().BeNull();
    }

    [Theory]
    [InlineData("put")]
    [InlineData("update")]
    [InlineData("batch")]
    public async Task Rolled_back_transaction_takes_the_write_with_it(string write)
    {
        var table = await TableAsync();
        var before = await Host.RowsAsync();
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();

        await WriteAsync(context.ExtendDb(), table, write, Old.With("A", 2).With("G", "h").With("L", "m"));
        await transaction.RollbackAsync();

        (await Host.GetAsync(table, Key)).Should().Equal(Old);
        (await Host.RowsAsync()).Should().Be(before);
    }

    [Fact]
    public async Task Reads_in_the_transaction_see_what_it_has_written()
    {
        var table = await TableAsync();
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().UpdateItemAsync(new(table, Key) { UpdateExpression = "SET A = P" });

        var got = await context.ExtendDb().GetItemAsync(new(table, Key));
        var batch = await context.ExtendDb().BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
        {
            [table] = new([Key]),
        }));

        got.Item.Should().Equal(Old.With("A", "p"));
        batch.Responses[table].Should().Equal(Old.With("A", "p"));
        (await Host.GetAsync(table, Key)).Should().Equal(Old);
    }

    private static Task WriteAsync(IExtendDb db, string table, string write, AttributeMap item) => write switch
    {
        "put" => db.PutItemAsync(new(table, item)),
        "update" => db.UpdateItemAsync(new(table, Key)
        {
            UpdateExpression = "SET A = :a, G = :g, L = :l",
            ExpressionAttributeValues = new AttributeMap { [":a"] = item["A"], [":g"] = item["G"], [":l"] = item["L"] },
        }),
        _ => db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [table] = [WriteRequest.Put(item), WriteRequest.Delete(Key.With("S", "missing"))],
        })),
    };

    private async Task<Item> TrackedAsync(ExtendDbContext context, string table)
    {
        var definition = await Host.Db.GetTableDefinitionAsync(table);
        return await context.Items.SingleAsync(item => item.TableId == definition.Id);
    }

    private async Task<string> TableAsync()
    {
        var table = await Host.CreateAsync(
            OperationsTable.Of("P:S S:S").WithGlobal("Global", "G:S").WithLocal("Local", "P:S L:S"));
        await Host.PutAsync(table, Old);
        return table;
    }
}
