using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Telemetry;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Writing;

/// <summary>Which way a BatchWriteItem takes, and what it does when others are faster.</summary>
public class DirectBatchTests(OperationsFixture database) : OperationsTests(database)
{
    public static TheoryData<string, string[]> Ways => new()
    {
        { "puts", ["batch 2"] },
        { "puts of equal items", [] },
        { "deletions", ["batch 2"] },
        { "deletions of nothing", [] },
        { "a put and a deletion", ["batch 1", "batch 1"] },
        { "puts with their capacity", ["locked 2"] },
        { "puts beside a local index", ["locked 2"] },
        { "puts beside an index of keys only", ["batch 2"] },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Batch_is_two_statements_where_its_answer_allows(string batch, string[] ways)
    {
        var keysOnly = batch.EndsWith("keys only", StringComparison.Ordinal);
        var spec = OperationsTable.Of("Id:S Sort:S").WithGlobal("ByKind", "Kind:S", keysOnly ? Projection.KeysOnly : null);
        var table = await Host.CreateAsync(
            batch.EndsWith("local index", StringComparison.Ordinal) ? spec.WithLocal("Local", "Id:S N:N") : spec);
        await Host.PutAsync(table, Item(1, "a"));
        await Host.PutAsync(table, Item(2, "a"));
        using var readings = new MeterReadings(Host.Database().Name);

        var response = await Host.Db.BatchWriteItemAsync(Request(table, batch switch
        {
            "puts of equal items" => [Put(1, "a"), Put(2, "a")],
            "deletions" => [Delete(2), Delete(1)],
            "deletions of nothing" => [Delete(3), Delete(4)],
            "a put and a deletion" => [Put(3, "b"), Delete(1)],
            _ => [Put(2, "b"), Put(1, "b")],
        }) with
        {
            ReturnConsumedCapacity = batch.EndsWith("capacity", StringComparison.Ordinal)
                ? ReturnConsumedCapacity.TOTAL : ReturnConsumedCapacity.NONE,
        });

        response.UnprocessedItems.Should().BeEmpty();
        readings.Tags("extenddb.items.writes", "way").Zip(
            readings.Values("extenddb.items.writes"), (way, items) => $"{way} {items}").Should().Equal(ways);
    }

    [Fact]
    public async Task Batch_enqueues_only_for_the_indexes_that_its_puts_change()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S Sort:S")
            .WithGlobal("ByKind", "Kind:S", Projection.KeysOnly, delayMs: 1).WithGlobal("ByN", "N:N", Projection.KeysOnly, delayMs: 2));
        await Host.PutAsync(table.Name, Item(1, "a"));
        await Host.PutAsync(table.Name, Item(2, "a"));
        await Host.ScalarAsync("DELETE FROM extenddb.gsi_pending");

        await Host.Db.BatchWriteItemAsync(Request(
            table.Name, WriteRequest.Put(Item(1, "a").With("N", 9)), WriteRequest.Put(Item(2, "b")), WriteRequest.Put(Item(3, "a").Without("N"))));

        var (byKind, byN) = (Index(table, "ByKind"), Index(table, "ByN"));
        (await Host.MarkersAsync(table)).SelectMany(marker => marker.IndexIds).Should().BeEquivalentTo([byN, byKind, byKind]);
    }

    [Fact]
    public async Task Put_that_another_writer_came_before_enqueues_for_all_indexes()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S Sort:S").WithGlobal("ByKind", "Kind:S", Projection.KeysOnly, delayMs: 1));
        await Host.PutAsync(table.Name, Item(1, "a"));
        await using var holder = await HeldTable.StartAsync(
            Host, table, "document = document || '{\"Kind\":{\"S\":\"theirs\"}}'");
        await Host.ScalarAsync("DELETE FROM extenddb.gsi_pending");

        // Beside what was read, the put does not change the entry; beside what the other has written, it does.
        var put = Host.Db.BatchWriteItemAsync(Request(table.Name, WriteRequest.Put(Item(1, "a").With("N", 9))));
        var released = await holder.CommitWhenWaitedForAsync();
        await put;

        (await Host.GetAsync(table.Name, Key(1)))!["Kind"].Should().Be((AttributeValue)"a");
        (await Host.MarkersAsync(table)).Should().ContainSingle().Which.ReadyAt.Should().BeOnOrAfter(released);
    }

    [Fact]
    public async Task Deletion_finds_the_item_that_replaced_the_one_it_waited_for()
    {
        var table = await TableAsync();
        await Host.PutAsync(table.Name, Item(1, "a"));
        await using var holder = await HeldTable.StartAsync(Host, table, "size_bytes = size_bytes");
        await holder.ReplaceAsync(table);

        var deletion = Host.Db.BatchWriteItemAsync(Request(table.Name, Delete(1)));
        await holder.CommitWhenWaitedForAsync();
        await deletion;

        (await Host.GetAsync(table.Name, Key(1))).Should().BeNull();
    }

    [Fact]
    public async Task Deletion_finds_the_item_that_was_changed_while_it_waited()
    {
        var table = await TableAsync();
        await Host.PutAsync(table.Name, Item(1, "a"));
        await using var holder = await HeldTable.StartAsync(Host, table, "size_bytes = size_bytes");

        var deletion = Host.Db.BatchWriteItemAsync(Request(table.Name, Delete(1)));
        await holder.CommitWhenWaitedForAsync();
        await deletion;

        (await Host.GetAsync(table.Name, Key(1))).Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Batch_by_an_old_definition_is_made_anew_and_enqueues_for_the_index_that_came(bool puts)
    {
        await using var other = await SlowToLearnAsync();
        var table = await TableAsync();
        await other.PutAsync(table.Name, Item(1, "a"));
        await Host.Db.UpdateTableAsync(new(table.Name)
        {
            AttributeDefinitions = [new("N", AttributeType.N)],
            GlobalSecondaryIndexUpdates = [new() { Create = new("Late", [new("N", KeyType.HASH)], Projection.All) }],
        });
        var late = Index(await Host.Db.GetTableDefinitionAsync(table.Name), "Late");
        await Host.ScalarAsync("DELETE FROM extenddb.gsi_pending");

        await other.Db.BatchWriteItemAsync(Request(table.Name, puts ? Put(1, "b") : Delete(1)));

        (await Host.MarkersAsync(table)).SelectMany(marker => marker.IndexIds).Should().Contain(late);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Batch_by_the_definition_of_a_table_that_is_gone_is_refused(bool puts)
    {
        await using var other = await SlowToLearnAsync();
        var table = await TableAsync();
        await other.PutAsync(table.Name, Item(1, "a"));
        await Host.Db.DeleteTableAsync(new(table.Name));

        var refused = () => other.Db.BatchWriteItemAsync(Request(table.Name, puts ? Put(2, "b") : Delete(1)));

        await refused.Should().ThrowAsync<ResourceNotFoundException>();
        (await Host.ScalarAsync($"SELECT count(*) FROM extenddb.items WHERE table_id = {table.Id} AND document @> '{{\"Kind\":{{\"S\":\"b\"}}}}'"))
            .Should().Be(0L);
    }

    [Fact]
    public async Task Kind_of_writes_that_meets_a_held_item_is_unprocessed_and_the_other_is_done()
    {
        await using var hasty = await OperationsHost.StartAsync(
            Database.ConnectionString, configure: options => options.LockTimeout = TimeSpan.FromMilliseconds(100));
        var table = await TableAsync();
        await Host.PutAsync(table.Name, Item(1, "a"));
        await using var holder = await HeldTable.StartAsync(Host, table, "size_bytes = size_bytes");

        var response = await hasty.Db.BatchWriteItemAsync(Request(table.Name, Put(2, "b"), Delete(1), Delete(3)));

        response.UnprocessedItems.Should().ContainSingle().Which.Value.Select(write => write.DeleteRequest!.Key)
            .Should().BeEquivalentTo([Key(1), Key(3)]);
        (await Host.GetAsync(table.Name, Key(2))).Should().Equal(Item(2, "b"));
        (await Host.GetAsync(table.Name, Key(1))).Should().Equal(Item(1, "a"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_of_another_key_under_the_same_hash_is_neither_replaced_nor_deleted(bool puts)
    {
        var table = await TableAsync();
        await Host.PutAsync(table.Name, Item(1, "a"));
        await Host.ScalarAsync(
            $"UPDATE extenddb.items SET document = document || '{{\"Id\":{{\"S\":\"another\"}}}}' WHERE table_id = {table.Id}");

        var refused = () => Host.Db.BatchWriteItemAsync(Request(table.Name, puts ? Put(1, "b") : Delete(1)));

        await refused.Should().ThrowAsync<InternalServerErrorException>().WithMessage("*under the same hash*");
        (await Host.ScalarAsync($"SELECT document #>> '{{Id,S}}' FROM extenddb.items WHERE table_id = {table.Id}"))
            .Should().Be("another");
    }

    [Fact]
    public async Task Batch_writes_to_several_tables_with_equal_keys()
    {
        var (one, other) = (await TableAsync(), await TableAsync());
        await Host.PutAsync(one.Name, Item(1, "a"));

        await Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [one.Name] = [Delete(1), Put(2, "b")],
            [other.Name] = [Put(1, "c")],
        }));

        (await Host.GetAsync(one.Name, Key(1))).Should().BeNull();
        (await Host.GetAsync(one.Name, Key(2))).Should().Equal(Item(2, "b"));
        (await Host.GetAsync(other.Name, Key(1))).Should().Equal(Item(1, "c"));
    }

    private static AttributeMap Key(int id) => new() { ["Id"] = $"{id}", ["Sort"] = "s" };

    private static AttributeMap Item(int id, string kind) => Key(id).With("Kind", kind).With("N", 1);

    private static WriteRequest Put(int id, string kind) => WriteRequest.Put(Item(id, kind));

    private static WriteRequest Delete(int id) => WriteRequest.Delete(Key(id));

    private static int Index(TableDefinition table, string name) => table.Indexes.Single(index => index.Name == name).Id;

    private static BatchWriteItemRequest Request(string table, params IReadOnlyList<WriteRequest> writes) =>
        new(new Dictionary<string, IReadOnlyList<WriteRequest>> { [table] = writes });

    private Task<TableDefinition> TableAsync() =>
        Host.DefineAsync(OperationsTable.Of("Id:S Sort:S").WithGlobal("ByKind", "Kind:S", delayMs: 1));

    /// <summary>Starts a process that reads the definitions seldom.</summary>
    private Task<OperationsHost> SlowToLearnAsync() => OperationsHost.StartAsync(
        Database.ConnectionString, configure: options => options.CatalogPollInterval = TimeSpan.FromMinutes(1));
}
