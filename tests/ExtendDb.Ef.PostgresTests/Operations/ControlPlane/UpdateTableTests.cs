using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.ControlPlane;

public class UpdateTableTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly CreateTableRequest Provisioned =
        OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S", read: 3) with { ProvisionedThroughput = new(10, 10) };

    [Fact]
    public async Task Capacity_is_shown_with_when_it_was_raised_and_lowered()
    {
        var table = await Host.CreateAsync(Named(Provisioned));

        await UpdateAsync(new(table) { ProvisionedThroughput = new(20, 5) });
        var raised = (await Host.Db.DescribeTableAsync(new(table))).Table;

        var shown = raised.ProvisionedThroughput;
        (shown.ReadCapacityUnits, shown.WriteCapacityUnits, shown.NumberOfDecreasesToday).Should().Be((20, 5, 1));
        shown.LastIncreaseDateTime.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        shown.LastDecreaseDateTime.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        raised.BillingModeSummary.Should().BeNull("it was always PROVISIONED");
        raised.GlobalSecondaryIndexes.Single().ProvisionedThroughput!.ReadCapacityUnits.Should().Be(3);
    }

    [Fact]
    public async Task Answer_says_UPDATING_and_a_moment_later_the_table_is_ACTIVE()
    {
        var table = await Host.CreateAsync(Named(Provisioned));

        var updated = await UpdateAsync(new(table) { ProvisionedThroughput = new(20, 5) });

        updated.TableStatus.Should().Be(TableStatus.UPDATING);
        (await Host.Db.DescribeTableAsync(new(table))).Table.Should().BeEquivalentTo(
            updated with { TableStatus = TableStatus.ACTIVE });
    }

    [Fact]
    public async Task Capacities_of_indexes_are_updated_together_with_that_of_the_table()
    {
        var table = await Host.CreateAsync(Named(Provisioned).WithGlobal("ByDay", "Day:N", read: 4));

        var updated = await UpdateAsync(new(table)
        {
            ProvisionedThroughput = new(11, 11),
            GlobalSecondaryIndexUpdates = [Capacity("ByDay", 5), Capacity("ByKind", 6)],
        });

        updated.GlobalSecondaryIndexes.Select(i => (i.IndexName, i.ProvisionedThroughput!.ReadCapacityUnits, i.IndexStatus))
            .Should().Equal(("ByDay", 5, IndexStatus.ACTIVE), ("ByKind", 6, IndexStatus.ACTIVE));
    }

    [Fact]
    public async Task Table_that_becomes_PAY_PER_REQUEST_has_no_capacity_and_says_since_when()
    {
        var table = await Host.CreateAsync(Named(Provisioned));

        await UpdateAsync(new(table) { BillingMode = BillingMode.PAY_PER_REQUEST });
        var described = (await Host.Db.DescribeTableAsync(new(table))).Table;

        described.BillingModeSummary!.BillingMode.Should().Be(BillingMode.PAY_PER_REQUEST);
        described.BillingModeSummary.LastUpdateToPayPerRequestDateTime.Should().BeAfter(described.CreationDateTime!.Value);
        described.ProvisionedThroughput.ReadCapacityUnits.Should().Be(0);
        described.GlobalSecondaryIndexes.Single().ProvisionedThroughput!.ReadCapacityUnits.Should().Be(0);
    }

    [Fact]
    public async Task Table_that_becomes_PROVISIONED_keeps_in_mind_that_it_was_not()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));
        var created = (await Host.Db.DescribeTableAsync(new(table))).Table;

        await UpdateAsync(new(table)
        {
            BillingMode = BillingMode.PROVISIONED,
            ProvisionedThroughput = new(1, 2),
            GlobalSecondaryIndexUpdates = [Capacity("ByKind", 7)],
        });
        var described = (await Host.Db.DescribeTableAsync(new(table))).Table;

        described.BillingModeSummary.Should().Be(new BillingModeSummary(BillingMode.PROVISIONED, created.CreationDateTime!.Value));
        described.ProvisionedThroughput.WriteCapacityUnits.Should().Be(2);
        described.GlobalSecondaryIndexes.Single().ProvisionedThroughput!.ReadCapacityUnits.Should().Be(7);
    }

    [Fact]
    public async Task Billing_mode_that_the_table_has_already_changes_nothing()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        var before = (await Host.Db.DescribeTableAsync(new(table))).Table;

        await UpdateAsync(new(table) { BillingMode = BillingMode.PAY_PER_REQUEST });

        (await Host.Db.DescribeTableAsync(new(table))).Table.Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task Protection_that_is_taken_off_lets_the_table_be_deleted()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S") with { DeletionProtectionEnabled = true });

        await UpdateAsync(new(table) { DeletionProtectionEnabled = false });
        var deleted = (await Host.Db.DeleteTableAsync(new(table))).TableDescription;

        deleted.TableStatus.Should().Be(TableStatus.DELETING);
    }

    [Fact]
    public async Task Class_is_stored_and_shown()
    {
        var chosen = (await Host.Db.CreateTableAsync(
            OperationsTable.Of("Id:S") with { TableClass = TableClass.STANDARD_INFREQUENT_ACCESS })).TableDescription;

        var updated = await UpdateAsync(new(chosen.TableName) { TableClass = TableClass.STANDARD });

        chosen.TableClassSummary.Should().Be(new TableClassSummary(TableClass.STANDARD_INFREQUENT_ACCESS, null));
        updated.TableClassSummary!.TableClass.Should().Be(TableClass.STANDARD);
        updated.TableClassSummary.LastUpdateDateTime.Should().BeAfter(chosen.CreationDateTime!.Value);
    }

    [Fact]
    public async Task Encryption_is_accepted_and_changes_nothing()
    {
        var table = await Host.CreateAsync(
            OperationsTable.Of("Id:S") with { SSESpecification = new(true, "KMS", "alias/mine") });
        var before = (await Host.Db.DescribeTableAsync(new(table))).Table;

        await UpdateAsync(new(table) { SSESpecification = new(Enabled: false) });

        (await Host.Db.DescribeTableAsync(new(table))).Table.Should().BeEquivalentTo(before);
    }

    [Fact]
    public async Task Update_is_known_to_another_process_that_asks()
    {
        await using var other = await OperationsHost.StartAsync(Database.ConnectionString);
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await other.Db.DescribeTableAsync(new(table));

        await UpdateAsync(new(table) { DeletionProtectionEnabled = true });

        (await other.Db.DescribeTableAsync(new(table))).Table.DeletionProtectionEnabled.Should().BeTrue();
    }

    private static CreateTableRequest Named(CreateTableRequest table) =>
        table with { TableName = OperationsTable.Of("Id:S").TableName };

    private static GlobalSecondaryIndexUpdate Capacity(string index, long read) =>
        new() { Update = new(index, new(read, 1)) };

    private async Task<TableDescription> UpdateAsync(UpdateTableRequest request) =>
        (await Host.Db.UpdateTableAsync(request)).TableDescription;
}
