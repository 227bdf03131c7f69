using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Telemetry;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>Which way a write of a single item takes, and what it does when others are faster.</summary>
public class DirectWriteTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["Id"] = "1" };

    public static TheoryData<string, string> Ways => new()
    {
        { "put", "one_statement" },
        { "put of a new item", "one_statement" },
        { "put of an equal item", "none" },
        { "put outside an index", "optimistic" },
        { "put with old values", "optimistic" },
        { "put with its capacity", "optimistic" },
        { "put with a condition", "optimistic" },
        { "update", "optimistic" },
        { "update that changes nothing", "none" },
        { "delete", "one_statement" },
        { "delete with old values", "optimistic" },
        { "delete of nothing", "none" },
        { "put in a transaction", "locked" },
        { "put beside a local index", "optimistic" },
        { "put beside an index of keys only", "optimistic" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Write_takes_the_cheapest_way_that_its_answer_allows(string write, string way)
    {
        var spec = OperationsTable.Of("Id:S").WithGlobal(
            "ByKind", "Kind:S", write.EndsWith("keys only", StringComparison.Ordinal) ? Projection.KeysOnly : null);
        var table = await Host.CreateAsync(
            write.EndsWith("local index", StringComparison.Ordinal) ? OperationsTable.Of("Id:S Sort:S").WithLocal("ByKind", "Id:S Kind:S") : spec);
        var stored = Item("a", 1);
        await Host.PutAsync(table, stored);
        using var readings = new MeterReadings(Host.Database().Name);

        await (write switch
        {
            "put of a new item" => Host.PutAsync(table, stored.With("Id", "2")),
            "put of an equal item" => Host.PutAsync(table, stored),
            "put outside an index" => Host.PutAsync(table, stored.Without("Kind")),
            "put with old values" => Host.Db.PutItemAsync(new(table, Item("b", 2)) { ReturnValues = ReturnValue.ALL_OLD }),
            "put with its capacity" => Host.Db.PutItemAsync(new(table, Item("b", 2)) { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL }),
            "put with a condition" => Host.Db.PutItemAsync(new(table, Item("b", 2)) { ConditionExpression = "attribute_exists(Id)" }),
            "update" => Host.Db.UpdateItemAsync(Increment(table)),
            "update that changes nothing" => Host.Db.UpdateItemAsync(new(table, Key) { UpdateExpression = "REMOVE Y" }),
            "delete" => Host.Db.DeleteItemAsync(new(table, Key)),
            "delete with old values" => Host.Db.DeleteItemAsync(new(table, Key) { ReturnValues = ReturnValue.ALL_OLD }),
            "delete of nothing" => Host.Db.DeleteItemAsync(new(table, new() { ["Id"] = "nothing" })),
            "put in a transaction" => InTransactionAsync(db => db.PutItemAsync(new(table, Item("b", 2)))),
            _ => Host.PutAsync(table, Item("b", 2)),
        });

        readings.Tags("extenddb.items.writes", "way").Should().Equal(way == "none" ? [] : [way]);
    }

    [Theory]
    [InlineData("put")]
    [InlineData("update")]
    [InlineData("delete")]
    public async Task Context_with_an_interceptor_of_the_users_keeps_the_way_of_EF(string write)
    {
        var commands = new RecordedCommands();
        var options = new DbContextOptionsBuilder<ExtendDbContext>()
            .UseNpgsql(Host.ConnectionString).UseExtendDb().AddInterceptors(commands).Options;
        await using var context = new ExtendDbContext(options);
        var table = await TableAsync();
        await Host.PutAsync(table.Name, Item("a", 1));

        await WriteAsync(write, context.ExtendDb(), table.Name);

        commands.Texts.Should().Contain(text => text.Contains("gsi_pending", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("put")]
    [InlineData("update")]
    [InlineData("delete")]
    public async Task Write_by_an_old_definition_is_made_anew_and_enqueues_for_the_index_that_came(string write)
    {
        await using var other = await SlowToLearnAsync();
        var table = await TableAsync();
        await other.PutAsync(table.Name, Item("a", 1));
        await Host.Db.UpdateTableAsync(new(table.Name)
        {
            AttributeDefinitions = [new("Z", AttributeType.N)],
            GlobalSecondaryIndexUpdates = [new() { Create = new("Late", [new("Z", KeyType.HASH)], Projection.All) }],
        });
        var late = (await Host.Db.GetTableDefinitionAsync(table.Name)).Indexes.Single(index => index.Name == "Late").Id;
        await Host.ScalarAsync("DELETE FROM extenddb.gsi_pending");

        await WriteAsync(write, other.Db, table.Name);

        (await Host.MarkersAsync(table)).SelectMany(marker => marker.IndexIds).Should().Contain(late);
    }

    [Theory]
    [InlineData("put")]
    [InlineData("update")]
    [InlineData("delete")]
    public async Task Write_by_the_definition_of_a_table_that_is_being_deleted_is_refused(string write)
    {
        await using var other = await SlowToLearnAsync();
        var table = await TableAsync();
        await other.PutAsync(table.Name, Item("a", 1));
        await Host.Db.DeleteTableAsync(new(table.Name));
        var before = await Host.ScalarAsync("SELECT md5(string_agg(i::text, ',' ORDER BY i::text)) FROM extenddb.items AS i");

        var refused = () => WriteAsync(write, other.Db, table.Name);

        await refused.Should().ThrowAsync<ResourceNotFoundException>();
        (await Host.ScalarAsync("SELECT md5(string_agg(i::text, ',' ORDER BY i::text)) FROM extenddb.items AS i")).Should().Be(before);
    }

    [Fact]
    public async Task Put_compares_with_the_row_that_another_writer_commits_while_it_waits()
    {
        var table = await TableAsync();
        await Host.PutAsync(table.Name, Item("a", 1));
        await using var holder = await HoldAsync(table, "document = document || '{\"N\":{\"N\":\"2\"}}'");
        await Host.ScalarAsync("DELETE FROM extenddb.gsi_pending");

        // Equal to what was stored before, so a comparison with that would write nothing.
        var put = Host.PutAsync(table.Name, Item("a", 1));
        await holder.CommitWhenWaitedForAsync();
        await put;

        (await Host.GetAsync(table.Name, Key)).Should().Equal(Item("a", 1));
        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Fact]
    public async Task Marker_of_a_write_that_waited_is_due_after_the_wait()
    {
        var table = await TableAsync();
        await Host.PutAsync(table.Name, Item("a", 1));
        await using var holder = await HoldAsync(table, "size_bytes = size_bytes");
        await Host.ScalarAsync("DELETE FROM extenddb.gsi_pending");

        var put = Host.PutAsync(table.Name, Item("b", 2));
        var released = await holder.CommitWhenWaitedForAsync();
        await put;

        (await Host.MarkersAsync(table)).Should().ContainSingle().Which.ReadyAt.Should().BeOnOrAfter(released);
    }

    [Theory]
    [InlineData("update", 3)]
    [InlineData("put with a condition", 2)]
    public async Task Write_of_an_item_that_another_changed_meanwhile_begins_again_with_a_lock(string write, int expected)
    {
        var table = await TableAsync();
        await Host.PutAsync(table.Name, Item("a", 1));
        await using var holder = await HoldAsync(table, "document = document || '{\"N\":{\"N\":\"2\"}}'");
        using var readings = new MeterReadings(Host.Database().Name);

        var writing = WriteAsync(write, Host.Db, table.Name);
        await holder.CommitWhenWaitedForAsync();
        await writing;

        (await Host.GetAsync(table.Name, Key))!["N"].Should().Be((AttributeValue)expected);
        readings.Tags("extenddb.items.writes", "way").Should().Equal("locked");
    }

    [Fact]
    public async Task Deletion_finds_the_item_that_replaced_the_one_it_waited_for()
    {
        var table = await TableAsync();
        await Host.PutAsync(table.Name, Item("a", 1));
        await using var holder = await HoldAsync(table, "size_bytes = size_bytes");
        await holder.ReplaceAsync(table);

        var deletion = Host.Db.DeleteItemAsync(new(table.Name, Key));
        await holder.CommitWhenWaitedForAsync();
        await deletion;

        (await Host.GetAsync(table.Name, Key)).Should().BeNull();
    }

    [Theory]
    [InlineData("put")]
    [InlineData("update")]
    [InlineData("delete")]
    public async Task Write_of_an_item_that_is_held_for_too_long_is_a_conflict_and_writes_nothing(string write)
    {
        await using var hasty = await OperationsHost.StartAsync(
            Database.ConnectionString, configure: options => options.LockTimeout = TimeSpan.FromMilliseconds(100));
        var table = await TableAsync();
        await Host.PutAsync(table.Name, Item("a", 1));
        await using var holder = await HoldAsync(table, "size_bytes = size_bytes");

        var refused = () => WriteAsync(write, hasty.Db, table.Name);

        await refused.Should().ThrowAsync<TransactionConflictException>();
        (await Host.GetAsync(table.Name, Key)).Should().Equal(Item("a", 1));
    }

    [Theory]
    [InlineData("put")]
    [InlineData("delete")]
    public async Task Item_of_another_key_under_the_same_hash_is_neither_replaced_nor_deleted(string write)
    {
        var table = await TableAsync();
        await Host.PutAsync(table.Name, Item("a", 1));
        await Host.ScalarAsync(
            $"UPDATE extenddb.items SET document = document || '{{\"Id\":{{\"S\":\"another\"}}}}' WHERE table_id = {table.Id}");

        var refused = () => WriteAsync(write, Host.Db, table.Name);

        await refused.Should().ThrowAsync<InternalServerErrorException>().WithMessage("*under the same hash*");
        (await Host.ScalarAsync($"SELECT document #>> '{{Id,S}}' FROM extenddb.items WHERE table_id = {table.Id}"))
            .Should().Be("another");
    }

    private static AttributeMap Item(string kind, int n) => new() { ["Id"] = "1", ["Kind"] = kind, ["N"] = n, ["Sort"] = "s", ["Z"] = 7 };

    private static UpdateItemRequest Increment(string table) => new(table, Key)
    {
        UpdateExpression = "ADD N :one SET Z = :one",
        ExpressionAttributeValues = new AttributeMap { [":one"] = 1 },
    };

    private static Task WriteAsync(string write, IExtendDb db, string table) => write switch
    {
        "put" => db.PutItemAsync(new(table, Item("b", 2))),
        "put with a condition" => db.PutItemAsync(new(table, Item("b", 2)) { ConditionExpression = "attribute_exists(Id)" }),
        "update" => db.UpdateItemAsync(Increment(table)),
        _ => db.DeleteItemAsync(new(table, Key)),
    };

    private Task<TableDefinition> TableAsync() =>
        Host.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S", delayMs: 1));

    /// <summary>Starts a process that reads the definitions seldom.</summary>
    private Task<OperationsHost> SlowToLearnAsync() => OperationsHost.StartAsync(
        Database.ConnectionString, configure: options => options.CatalogPollInterval = TimeSpan.FromMinutes(1));

    private async Task InTransactionAsync(Func<IExtendDb, Task> write)
    {
        await using var context = Host.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await write(context.ExtendDb());
        await transaction.CommitAsync();
    }

    private Task<HeldTable> HoldAsync(TableDefinition table, string set) => HeldTable.StartAsync(Host, table, set);
}
