using System.Transactions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;
using IsolationLevel = System.Data.IsolationLevel;
using Item = ExtendDb.Ef.Model.Item;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>
/// Writes of a process that does not know yet that another one has deleted their table, and perhaps created it again. Some
/// are as fast as they can be, some stand still in the middle for longer than anybody waits.
/// </summary>
public class DeletedTableTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["Id"] = "late" };
    private static readonly AttributeMap Late = Key.With("Kind", "k").With("Rank", 1);

    private readonly JumpingTime _time = new();

    private static readonly Dictionary<string, Func<ExtendDbContext, TableDefinition, Task>> Saves = new()
    {
        ["SaveChangesAsync of an insert"] = (context, table) =>
        {
            context.Add(Item.Create(table, Late));
            return context.SaveChangesAsync();
        },
        ["SaveChanges of an insert"] = (context, table) =>
        {
            context.Add(Item.Create(table, Late));
            return Task.FromResult(context.SaveChanges());
        },
        ["SaveChangesAsync of an update"] = async (context, table) =>
        {
            (await StoredAsync(context, table)).Replace(table, Late.With("Kind", "other"));
            await context.SaveChangesAsync();
        },
        ["SaveChanges of a deletion"] = async (context, table) =>
        {
            context.Remove(await StoredAsync(context, table));
            context.SaveChanges();
        },
    };

    private static readonly Dictionary<string, Func<ExtendDbContext, TableDefinition, Task>> Operations = new()
    {
        ["PutItem"] = (context, table) => context.ExtendDb().PutItemAsync(new(table.Name, Late)),
        ["PutItem with a condition"] = (context, table) => context.ExtendDb().PutItemAsync(
            new(table.Name, Late) { ConditionExpression = "attribute_not_exists(Kind)" }),
        ["UpdateItem"] = (context, table) => context.ExtendDb().UpdateItemAsync(new(table.Name, Key)
        {
            UpdateExpression = "SET Kind = :k, #r = :r",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#r"] = "Rank" },
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":k"] = "k", [":r"] = 1 },
        }),
        ["BatchWriteItem"] = (context, table) => context.ExtendDb().BatchWriteItemAsync(
            new(new Dictionary<string, IReadOnlyList<WriteRequest>> { [table.Name] = [WriteRequest.Put(Late)] })),
        ["TransactWriteItems"] = (context, table) => context.ExtendDb().TransactWriteItemsAsync(
            new([new TransactWriteItem { Put = new(table.Name, Late) }])),
    };

    private static readonly string[] Transactions = ["none", "read committed", "repeatable read", "scope"];

    public static TheoryData<string, string, bool, bool> EverySave => Cases(Saves.Keys);

    public static TheoryData<string, string, bool, bool> EveryOperation => Cases(Operations.Keys);

    [Theory]
    [MemberData(nameof(EverySave))]
    public async Task Save_into_a_table_that_is_gone_is_refused_and_undone(string save, string transaction, bool isSlow, bool isAgain)
    {
        var table = await TableAsync();
        await using var context = await DeletedMeanwhileAsync(table, isSlow, isAgain);
        if (save.Contains("update", StringComparison.Ordinal) || save.Contains("deletion", StringComparison.Ordinal))
        {
            // A worker deletes the row later; until then a process that does not know finds it.
            await Host.ScalarAsync(
                $"""
                INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
                VALUES ({table.Id}, '{table.KeySchema.OfKey(Key).PartitionHash}', '', '{"{}"}', 10, 1, {table.KeySchema.OfKey(Key).Slot})
                """);
        }

        var before = await RowsAsync(table);

        var write = () => InAsync(transaction, context, () => Saves[save](context, table));

        await write.Should().ThrowAsync<ResourceNotFoundException>();
        (await RowsAsync(table)).Should().Be(before);
    }

    [Theory]
    [MemberData(nameof(EveryOperation))]
    public async Task Operation_on_a_table_that_is_gone_is_refused_or_made_anew(
        string operation, string transaction, bool isSlow, bool isAgain)
    {
        var table = await TableAsync();
        await using var context = await DeletedMeanwhileAsync(table, isSlow, isAgain);
        var before = await RowsAsync(table);

        var write = () => InAsync(transaction, context, () => Operations[operation](context, table));

        if (isAgain)
        {
            await write.Should().NotThrowAsync();
            (await Host.GetAsync(table.Name, Key)).Should().Equal(Late);
        }
        else
        {
            await write.Should().ThrowAsync<ResourceNotFoundException>();
        }

        (await RowsAsync(table)).Should().Be(before);
    }

    [Theory]
    [InlineData(true, "none")]
    [InlineData(false, "none")]
    [InlineData(true, "read committed")]
    [InlineData(false, "read committed")]
    public async Task Deletion_finds_the_item_of_the_table_that_was_created_again(bool isBlind, string transaction)
    {
        var table = await TableAsync();
        await using var context = await DeletedMeanwhileAsync(table, isSlow: false, isAgain: true);
        await Host.PutAsync(table.Name, Late);

        await InAsync(transaction, context, () => context.ExtendDb().DeleteItemAsync(
            new(table.Name, Key) { ReturnValues = isBlind ? ReturnValue.NONE : ReturnValue.ALL_OLD }));

        (await Host.GetAsync(table.Name, Key)).Should().BeNull();
    }

    [Fact]
    public async Task Condition_is_checked_in_the_table_that_was_created_again()
    {
        var table = await TableAsync();
        await using var context = await DeletedMeanwhileAsync(table, isSlow: false, isAgain: true);
        await Host.PutAsync(table.Name, Late);

        var check = () => context.ExtendDb().TransactWriteItemsAsync(new(
        [
            new TransactWriteItem { ConditionCheck = new(table.Name, Key, "attribute_not_exists(Id)") },
        ]));

        await check.Should().ThrowAsync<TransactionCanceledException>();
    }

    [Fact]
    public async Task Save_in_a_snapshot_that_is_older_than_the_deletion_is_refused()
    {
        var table = await TableAsync();
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await context.Tables.CountAsync();
        await Host.Db.DeleteTableAsync(new(table.Name));
        context.Add(Item.Create(table, Late));

        var save = () => context.SaveChangesAsync();

        (await save.Should().ThrowAsync<Exception>()).Which.ToString().Should().Contain("40001");
    }

    private static TheoryData<string, string, bool, bool> Cases(IEnumerable<string> writes)
    {
        var cases = new TheoryData<string, string, bool, bool>();
        foreach (var write in writes)
        {
            foreach (var transaction in Transactions)
            {
                cases.Add(write, transaction, false, false);
                cases.Add(write, transaction, false, true);
            }

            foreach (var isAgain in new[] { false, true })
            {
                cases.Add(write, "none", true, isAgain);
            }
        }

        return cases;
    }

    private static Task<Item> StoredAsync(ExtendDbContext context, TableDefinition table)
    {
        var hash = table.KeySchema.OfKey(Key).PartitionHash;
        return context.Items.SingleAsync(item => item.TableId == table.Id && item.PartitionHash == hash);
    }

    private static async Task InAsync(string transaction, ExtendDbContext context, Func<Task> write)
    {
        switch (transaction)
        {
            case "none":
                await write();
                break;
            case "scope":
                using (var scope = new TransactionScope(
                    TransactionScopeOption.Required,
                    new TransactionOptions { IsolationLevel = System.Transactions.IsolationLevel.ReadCommitted },
                    TransactionScopeAsyncFlowOption.Enabled))
                {
                    try
                    {
                        await write();
                    }
                    catch (ResourceNotFoundException)
                    {
                        // The caller goes on, and finds that the scope does not.
                        scope.Complete();
                        FluentActions.Invoking(scope.Dispose).Should().NotThrow<ResourceNotFoundException>();
                        throw;
                    }

                    scope.Complete();
                }

                break;
            default:
                await using (var begun = await context.Database.BeginTransactionAsync(
                    transaction == "repeatable read" ? IsolationLevel.RepeatableRead : IsolationLevel.ReadCommitted))
                {
                    try
                    {
                        await write();
                    }
                    finally
                    {
                        await begun.CommitAsync();
                    }
                }

                break;
        }
    }

    private Task<TableDefinition> TableAsync() =>
        Host.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));

    /// <summary>Returns a context of a process that has read the definitions before the table was deleted.</summary>
    private async Task<ExtendDbContext> DeletedMeanwhileAsync(TableDefinition table, bool isSlow, bool isAgain)
    {
        var process = new OwnProcess(
            Database.ConnectionString, $"late {Guid.NewGuid():N}", new() { CatalogPollInterval = TimeSpan.FromMinutes(1) }, _time);
        var context = isSlow ? process.CreateContext(new Jumping(_time)) : process.CreateContext();
        await context.ExtendDb().GetTableDefinitionAsync(table.Name);
        await Host.Db.DeleteTableAsync(new(table.Name));
        await Host.ScalarAsync($"DELETE FROM extenddb.items WHERE table_id = {table.Id}");
        if (isAgain)
        {
            await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S") with { TableName = table.Name });
        }

        return context;
    }

    private async Task<object?> RowsAsync(TableDefinition table) => await Host.ScalarAsync(
        $"""
        SELECT (SELECT count(*) FROM extenddb.items WHERE table_id = {table.Id} AND document <> '{"{}"}')
            || ' ' || (SELECT count(*) FROM extenddb.gsi_pending WHERE table_id = {table.Id})
        """);

    /// <summary>Lets more time pass in the middle of a save than anybody waits for.</summary>
    private sealed class Jumping(JumpingTime time) : SaveChangesInterceptor
    {
        public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
        {
            time.Jump(TimeSpan.FromMinutes(2));
            return result;
        }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            time.Jump(TimeSpan.FromMinutes(2));
            return new(result);
        }
    }
}
