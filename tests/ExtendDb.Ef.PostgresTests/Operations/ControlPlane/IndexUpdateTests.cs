using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.ControlPlane;

/// <summary>What UpdateTable does to the definitions of indexes; without a worker, so a new one stays CREATING.</summary>
public class IndexUpdateTests(OperationsFixture database) : OperationsTests(database)
{
    private const string InUse = "Attempt to change a resource which is still in use: ";

    [Fact]
    public async Task New_index_is_CREATING_and_backfilling_and_its_table_UPDATING()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));

        var updated = await CreateIndexAsync(table, "ByDay", "Day", AttributeType.N);
        var described = (await Host.Db.DescribeTableAsync(new(table))).Table;

        updated.Should().BeEquivalentTo(described);
        described.TableStatus.Should().Be(TableStatus.UPDATING);
        described.GlobalSecondaryIndexes.Select(i => (i.IndexName, i.IndexStatus, i.Backfilling)).Should().Equal(
            ("ByDay", IndexStatus.CREATING, true), ("ByKind", IndexStatus.ACTIVE, (bool?)null));
        described.AttributeDefinitions.Should().Equal(
            new("Day", AttributeType.N), new AttributeDefinition("Id", AttributeType.S), new("Kind", AttributeType.S));
    }

    [Fact]
    public async Task Definition_that_the_new_index_does_not_use_counts_for_nothing()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var updated = (await Host.Db.UpdateTableAsync(Creation(table, "ByDay", "Day", AttributeType.N) with
        {
            AttributeDefinitions =
                [new("Day", AttributeType.N), new("Id", AttributeType.N), new("Other", AttributeType.S)],
        })).TableDescription;

        updated.AttributeDefinitions.Should().Equal(new("Day", AttributeType.N), new AttributeDefinition("Id", AttributeType.S));
    }

    [Fact]
    public async Task Row_of_a_new_index_has_the_instant_of_its_insertion_and_no_backfill_yet()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        var before = await Host.ScalarAsync("SELECT clock_timestamp()");

        await CreateIndexAsync(table, "ByDay", "Day", AttributeType.N);
        var row = await Host.ScalarAsync(
            $"""
            SELECT created_at > '{before:O}' AND backfill_phase = 'WAITING'
                   AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NULL
            FROM extenddb.secondary_indexes WHERE name = 'ByDay' AND table_id = (
                SELECT id FROM extenddb.tables WHERE name = '{table}')
            """);

        row.Should().Be(true);
    }

    [Fact]
    public async Task Index_that_is_being_filled_cannot_be_read_and_gets_what_is_written()
    {
        var name = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await CreateIndexAsync(name, "ByDay", "Day", AttributeType.N);
        var table = await Host.Db.GetTableDefinitionAsync(name);

        var query = () => Host.Db.QueryAsync(OperationsQuery.OfIndex(name, "ByDay", ("Day", Condition.EqualTo(1))));
        await Host.PutAsync(name, new() { ["Id"] = "1", ["Day"] = 1 });

        await query.Should().ThrowAsync<ValidationException>()
            .WithMessage("Cannot read from backfilling global secondary index: ByDay");
        (await Host.MarkersAsync(table)).Single().IndexIds.Should().Equal(table.Indexes.Single().Id);
    }

    [Fact]
    public async Task Scan_of_an_index_that_is_being_filled_is_refused()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await CreateIndexAsync(table, "ByDay", "Day", AttributeType.N);

        var scan = () => Host.Db.ScanAsync(new(table) { IndexName = "ByDay" });

        await scan.Should().ThrowAsync<ValidationException>()
            .WithMessage("Cannot read from backfilling global secondary index: ByDay");
    }

    [Fact]
    public async Task Index_that_is_removed_is_answered_as_DELETING_and_cannot_be_read()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));

        var updated = await DeleteIndexAsync(table, "ByKind");
        var scan = () => Host.Db.ScanAsync(new(table) { IndexName = "ByKind" });

        (updated.TableStatus, updated.GlobalSecondaryIndexes.Single().IndexStatus)
            .Should().Be((TableStatus.UPDATING, IndexStatus.DELETING));
        await scan.Should().ThrowAsync<ValidationException>()
            .WithMessage("The table does not have the specified index: ByKind");
    }

    [Fact]
    public async Task Index_that_is_being_filled_can_be_given_up()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await CreateIndexAsync(table, "ByDay", "Day", AttributeType.N);

        var updated = await DeleteIndexAsync(table, "ByDay");

        var index = updated.GlobalSecondaryIndexes.Single();
        (index.IndexStatus, index.Backfilling).Should().Be((IndexStatus.DELETING, (bool?)null));
    }

    [Theory]
    [InlineData("create", "ByDay", "ResourceInUseException", InUse + "Index is being created. Table: * Index: ByDay")]
    [InlineData("create", "ByOther", "LimitExceededException", "*Only 1 online index*")]
    [InlineData("delete", "ByKind", "LimitExceededException", "*Only 1 online index*")]
    public async Task While_an_index_is_being_filled_no_other_is_created_or_deleted(
        string action, string index, string error, string message)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));
        await CreateIndexAsync(table, "ByDay", "Day", AttributeType.N);

        var refused = () => action == "create"
            ? CreateIndexAsync(table, index, "Other", AttributeType.S)
            : DeleteIndexAsync(table, index);

        (await refused.Should().ThrowAsync<DynamoDbException>().WithMessage(message)).Which.ErrorCode.Should().Be(error);
    }

    [Fact]
    public async Task Removed_index_is_gone_when_the_client_looks_next()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S").WithGlobal("ByDay", "Day:N"));
        await DeleteIndexAsync(table, "ByKind");

        var described = (await Host.Db.DescribeTableAsync(new(table))).Table;
        var again = () => DeleteIndexAsync(table, "ByKind");

        described.TableStatus.Should().Be(TableStatus.ACTIVE);
        described.GlobalSecondaryIndexes.Select(i => i.IndexName).Should().Equal("ByDay");
        described.AttributeDefinitions.Should().Equal(new("Day", AttributeType.N), new AttributeDefinition("Id", AttributeType.S));
        await again.Should().ThrowAsync<ResourceNotFoundException>();
    }

    [Theory]
    [InlineData("ByKind")]
    [InlineData("ByOther")]
    public async Task Index_can_be_created_as_soon_as_another_is_removed(string name)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));
        await DeleteIndexAsync(table, "ByKind");

        var created = await CreateIndexAsync(table, name, "Other", AttributeType.S);

        created.GlobalSecondaryIndexes.Select(i => (i.IndexName, i.IndexStatus)).Should().Equal((name, IndexStatus.CREATING));
    }

    [Fact]
    public async Task Protection_and_class_can_be_changed_while_an_index_is_on_its_way()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await CreateIndexAsync(table, "ByDay", "Day", AttributeType.N);

        await Host.Db.UpdateTableAsync(new(table) { DeletionProtectionEnabled = true });
        var updated = (await Host.Db.UpdateTableAsync(new(table) { TableClass = TableClass.STANDARD })).TableDescription;

        updated.DeletionProtectionEnabled.Should().BeTrue();
        updated.TableClassSummary!.TableClass.Should().Be(TableClass.STANDARD);
    }

    [Fact]
    public async Task Table_is_not_deleted_while_an_index_is_on_its_way()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));
        await CreateIndexAsync(table, "ByDay", "Day", AttributeType.N);

        var refused = () => Host.Db.DeleteTableAsync(new(table));

        await refused.Should().ThrowAsync<ResourceInUseException>().WithMessage(
            InUse + "Cannot delete table while indexes are being created, updated, or deleted.");
    }

    [Fact]
    public async Task Of_four_indexes_created_at_once_one_is()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            i => Record.ExceptionAsync(() => CreateIndexAsync(table, $"By{i}.", "Day", AttributeType.N))));

        outcomes.Where(o => o is null).Should().ContainSingle();
        outcomes.Where(o => o is not null).Should().AllBeOfType<LimitExceededException>();
    }

    private static UpdateTableRequest Creation(string table, string index, string hash, AttributeType type) => new(table)
    {
        AttributeDefinitions = [new(hash, type)],
        GlobalSecondaryIndexUpdates = [new() { Create = new(index, [new(hash, KeyType.HASH)], Projection.All) }],
    };

    private async Task<TableDescription> CreateIndexAsync(string table, string index, string hash, AttributeType type) =>
        (await Host.Db.UpdateTableAsync(Creation(table, index, hash, type))).TableDescription;

    private async Task<TableDescription> DeleteIndexAsync(string table, string index) =>
        (await Host.Db.UpdateTableAsync(new(table) { GlobalSecondaryIndexUpdates = [new() { Delete = new(index) }] })).TableDescription;
}
