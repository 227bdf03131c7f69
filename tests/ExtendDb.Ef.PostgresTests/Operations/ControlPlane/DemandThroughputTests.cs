using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.ControlPlane;

/// <summary>Maxima (OnDemandThroughput) and warm throughput of tables and indexes, from request to description.</summary>
public class DemandThroughputTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Invalid = "One or more parameter values were invalid: ";

    private static readonly TableWarmThroughputDescription WarmTable = new(12_000, 4_000, TableStatus.ACTIVE);
    private static readonly GlobalSecondaryIndexWarmThroughputDescription WarmIndex = new(12_000, 4_000, IndexStatus.ACTIVE);

    private static Dictionary<string, (UpdateTableRequest Request, string Message)> ByName => new()
    {
        ["neither"] = (new("?") { OnDemandThroughput = new(null, null), WarmThroughput = new(null, null) }, "At least one of *"),
        ["both"] = (
            new("?") { OnDemandThroughput = new(1, 1), WarmThroughput = new(12_001, null) },
            Invalid + "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request"),
        ["a maximum beside the creation of an index"] = (
            Creation with { OnDemandThroughput = new(1, 1) },
            Invalid + "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request"),
        ["a maximum beside a class"] = (
            new("?") { OnDemandThroughput = new(1, 1), TableClass = TableClass.STANDARD },
            Invalid + "TableClass modification must be the only operation in the request"),
        ["warm throughput beside the creation of an index"] = (
            Creation with { WarmThroughput = new(12_001, null) },
            Invalid + "Create global secondary index cannot be specified when updating WarmThroughput"),
        ["warm throughput beside the deletion of an index"] = (
            new("?") { WarmThroughput = new(12_001, null), GlobalSecondaryIndexUpdates = [new() { Delete = new("ByKind") }] },
            Invalid + "WarmThroughput must be the only operation in the request"),
        ["warm throughput beside a billing mode"] = (
            new("?") { WarmThroughput = new(12_001, null), BillingMode = BillingMode.PAY_PER_REQUEST },
            Invalid + "WarmThroughput must be the only operation in the request"),
        ["warm throughput beside protection"] = (
            new("?") { WarmThroughput = new(12_001, null), DeletionProtectionEnabled = true },
            Invalid + "DeletionProtection modification must be the only operation in the request"),
        ["less warm throughput"] = (
            new("?") { WarmThroughput = new(null, 3_999) },
            Invalid + "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than current WarmThroughput, "
                + "decreasing WarmThroughput is not supported"),
        ["less warm throughput of an index"] = (
            OfIndex(new("ByKind") { WarmThroughput = new(1, null) }),
            Invalid + "Requested ReadUnitsPerSecond for WarmThroughput for index ByKind is lower than current WarmThroughput, "
                + "decreasing WarmThroughput is not supported"),
        ["no warm throughput of an index"] = (
            OfIndex(new("ByKind") { WarmThroughput = new(null, null) }),
            Invalid + "WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified for index: ByKind"),
        ["no maximum of an index"] = (
            OfIndex(new("ByKind") { OnDemandThroughput = new(null, null) }),
            Invalid + "The only Updates for index: ByKind when TableThroughputMode is PAY_PER_REQUEST can be to "
                + "OnDemandThroughput, WarmThroughput"),
        ["a maximum of 0"] = (
            new("?") { OnDemandThroughput = new(0, null) },
            Invalid + "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range"),
        ["a maximum of minus 2 of an index"] = (
            OfIndex(new("ByKind") { OnDemandThroughput = new(null, -2) }),
            Invalid + "Requested MaxWriteRequestUnits for OnDemandThroughput for index : ByKind is outside of valid range"),
        ["a maximum of minus 1 of a new index"] = (
            Creation with
            {
                GlobalSecondaryIndexUpdates =
                    [new() { Create = Creation.GlobalSecondaryIndexUpdates![0].Create! with { OnDemandThroughput = new(-1, null) } }],
            },
            Invalid + "Requested MaxReadRequestUnits for OnDemandThroughput for index : ByDay is outside of valid range"),
        ["too little warm throughput of a new index"] = (
            Creation with
            {
                GlobalSecondaryIndexUpdates =
                    [new() { Create = Creation.GlobalSecondaryIndexUpdates![0].Create! with { WarmThroughput = new(1, null) } }],
            },
            Invalid + "Requested ReadUnitsPerSecond for WarmThroughput for index ByDay is lower than initial throughput for OnDemand*"),
        ["a maximum with a change to PROVISIONED"] = (
            OfIndex(new("ByKind", new(1, 1))) with
            {
                BillingMode = BillingMode.PROVISIONED,
                ProvisionedThroughput = new(1, 1),
                OnDemandThroughput = new(5, null),
            },
            Invalid + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED"),
    };

    private static UpdateTableRequest Creation => new("?")
    {
        AttributeDefinitions = [new("Day", AttributeType.N)],
        GlobalSecondaryIndexUpdates = [new() { Create = new("ByDay", [new("Day", KeyType.HASH)], Projection.All) }],
    };

    public static TheoryData<string> Names => [.. ByName.Keys];

    [Fact]
    public async Task Table_and_index_have_the_warm_throughput_of_every_table_from_the_start()
    {
        var request = OperationsTable.Of("Id:S Sort:S").WithGlobal("ByKind", "Kind:S").WithLocal("ByRank", "Id:S Rank:N");
        var created = (await Host.Db.CreateTableAsync(request)).TableDescription;

        var described = await DescribeAsync(request.TableName);

        foreach (var table in new[] { created, described })
        {
            (table.WarmThroughput, table.OnDemandThroughput).Should().Be((WarmTable, null));
            var index = table.GlobalSecondaryIndexes.Single();
            (index.WarmThroughput, index.OnDemandThroughput).Should().Be((WarmIndex, null));
            table.LocalSecondaryIndexes.Single().WarmThroughput.Should().BeNull();
        }
    }

    [Fact]
    public async Task What_CreateTable_is_given_is_stored_and_described()
    {
        var request = OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S") with
        {
            OnDemandThroughput = new(100, null),
            WarmThroughput = new(15_000, null),
        };
        request = request with
        {
            GlobalSecondaryIndexes =
                [request.GlobalSecondaryIndexes[0] with { OnDemandThroughput = new(30, 40), WarmThroughput = new(null, 5_000) }],
        };
        var created = (await Host.Db.CreateTableAsync(request)).TableDescription;

        var described = await DescribeAsync(request.TableName);

        foreach (var table in new[] { created, described })
        {
            table.OnDemandThroughput.Should().Be(new OnDemandThroughput(100, null));
            table.WarmThroughput.Should().Be(new TableWarmThroughputDescription(15_000, 4_000, TableStatus.ACTIVE));
            var index = table.GlobalSecondaryIndexes.Single();
            index.OnDemandThroughput.Should().Be(new OnDemandThroughput(30, 40));
            index.WarmThroughput.Should().Be(new GlobalSecondaryIndexWarmThroughputDescription(12_000, 5_000, IndexStatus.ACTIVE));
        }
    }

    [Fact]
    public async Task DeleteTable_describes_them_too()
    {
        var request = OperationsTable.Of("Id:S") with { OnDemandThroughput = new(100, null), WarmThroughput = new(15_000, null) };
        await Host.CreateAsync(request);

        var deleted = (await Host.Db.DeleteTableAsync(new(request.TableName))).TableDescription;

        deleted.OnDemandThroughput.Should().Be(new OnDemandThroughput(100, null));
        deleted.WarmThroughput.ReadUnitsPerSecond.Should().Be(15_000);
    }

    [Fact]
    public async Task Maxima_are_updated_alone_and_one_by_one()
    {
        var table = await CreateAsync();

        var first = await UpdateAsync(new(table) { OnDemandThroughput = new(1_000, 500) });
        var second = await UpdateAsync(new(table) { OnDemandThroughput = new(2_000, null) });
        var third = await UpdateAsync(new(table) { OnDemandThroughput = new(-1, null) });
        var last = await UpdateAsync(new(table) { OnDemandThroughput = new(null, -1) });

        new[] { first, second, third, last }.Select(t => t.OnDemandThroughput).Should().Equal(
            new OnDemandThroughput(1_000, 500), new OnDemandThroughput(2_000, 500), new OnDemandThroughput(null, 500), null);
        first.TableStatus.Should().Be(TableStatus.ACTIVE);
        (await DescribeAsync(table)).OnDemandThroughput.Should().BeNull();
    }

    [Fact]
    public async Task Warm_throughput_is_updated_alone_and_the_same_again_is_accepted()
    {
        var table = await CreateAsync();
        await UpdateAsync(new(table) { WarmThroughput = new(13_000, 5_000) });
        await UpdateAsync(new(table) { WarmThroughput = new(13_000, 5_000) });

        var updated = await UpdateAsync(new(table) { WarmThroughput = new(null, 6_000) });

        updated.WarmThroughput.Should().Be(new TableWarmThroughputDescription(13_000, 6_000, TableStatus.ACTIVE));
        updated.TableStatus.Should().Be(TableStatus.ACTIVE);
        (await DescribeAsync(table)).Should().BeEquivalentTo(updated);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Index_is_updated_with_only_one_of_them(bool maximum, bool warm)
    {
        var table = await CreateAsync();

        var updated = await UpdateAsync(OfIndex(new("ByKind")
        {
            OnDemandThroughput = maximum ? new(7, 8) : null,
            WarmThroughput = warm ? new(20_000, null) : null,
        }) with
        { TableName = table });

        var index = updated.GlobalSecondaryIndexes.Single();
        index.OnDemandThroughput.Should().Be(maximum ? new OnDemandThroughput(7, 8) : null);
        index.WarmThroughput!.ReadUnitsPerSecond.Should().Be(warm ? 20_000 : 12_000);
        index.IndexStatus.Should().Be(IndexStatus.ACTIVE);
        (await DescribeAsync(table)).GlobalSecondaryIndexes.Should().BeEquivalentTo(updated.GlobalSecondaryIndexes);
    }

    [Fact]
    public async Task Table_and_index_are_updated_in_one_request()
    {
        var table = await CreateAsync();

        var limited = await UpdateAsync(OfIndex(new("ByKind") { OnDemandThroughput = new(1, 2) }) with
        {
            TableName = table,
            OnDemandThroughput = new(3, 4),
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
        var warmed = await UpdateAsync(OfIndex(new("ByKind") { WarmThroughput = new(12_345, 4_567) }) with
        {
            TableName = table,
            WarmThroughput = new(12_345, 4_567),
        });

        (limited.OnDemandThroughput, limited.GlobalSecondaryIndexes.Single().OnDemandThroughput)
            .Should().Be((new OnDemandThroughput(3, 4), new OnDemandThroughput(1, 2)));
        (warmed.WarmThroughput.ReadUnitsPerSecond, warmed.GlobalSecondaryIndexes.Single().WarmThroughput!.WriteUnitsPerSecond)
            .Should().Be((12_345, 4_567));
    }

    [Fact]
    public async Task Index_that_UpdateTable_creates_has_what_it_is_given()
    {
        var table = await CreateAsync();

        var updated = await UpdateAsync(Creation with
        {
            TableName = table,
            GlobalSecondaryIndexUpdates =
            [
                new()
                {
                    Create = Creation.GlobalSecondaryIndexUpdates![0].Create! with
                    {
                        OnDemandThroughput = new(null, 9), WarmThroughput = new(16_000, null),
                    },
                },
            ],
        });

        var index = updated.GlobalSecondaryIndexes.Single(i => i.IndexName == "ByDay");
        index.OnDemandThroughput.Should().Be(new OnDemandThroughput(null, 9));
        index.WarmThroughput.Should().Be(new GlobalSecondaryIndexWarmThroughputDescription(16_000, 4_000, IndexStatus.ACTIVE));
    }

    [Fact]
    public async Task Warm_throughput_of_a_PROVISIONED_table_is_its_highest_capacity()
    {
        var request = OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S", read: 3) with { ProvisionedThroughput = new(10, 20) };
        var table = await Host.CreateAsync(request);

        await UpdateAsync(new(table) { ProvisionedThroughput = new(30, 5) });
        await UpdateAsync(new(table) { ProvisionedThroughput = new(1, 1) });
        var described = await DescribeAsync(table);
        var refused = () => UpdateAsync(new(table) { WarmThroughput = new(29, null) });
        var warmed = await UpdateAsync(new(table) { WarmThroughput = new(50, null) });

        described.WarmThroughput.Should().Be(new TableWarmThroughputDescription(30, 20, TableStatus.ACTIVE));
        described.GlobalSecondaryIndexes.Single().WarmThroughput!.ReadUnitsPerSecond.Should().Be(3);
        await refused.Should().ThrowAsync<ValidationException>().WithMessage("*lower than current WarmThroughput*");
        (warmed.WarmThroughput.ReadUnitsPerSecond, warmed.WarmThroughput.WriteUnitsPerSecond).Should().Be((50, 20));
    }

    [Fact]
    public async Task Table_that_becomes_PROVISIONED_stays_warm_and_has_no_maxima()
    {
        var table = await CreateAsync();
        await UpdateAsync(OfIndex(new("ByKind") { OnDemandThroughput = new(1, 1) }) with { TableName = table, OnDemandThroughput = new(1, 1) });

        var updated = await UpdateAsync(OfIndex(new("ByKind", new(1, 1))) with
        {
            TableName = table,
            BillingMode = BillingMode.PROVISIONED,
            ProvisionedThroughput = new(1, 1),
        });

        var index = updated.GlobalSecondaryIndexes.Single();
        (updated.WarmThroughput, updated.OnDemandThroughput).Should().Be((WarmTable, null));
        (index.WarmThroughput, index.OnDemandThroughput).Should().Be((WarmIndex, null));
    }

    [Fact]
    public async Task Table_that_becomes_PAY_PER_REQUEST_can_get_maxima_with_the_same_request()
    {
        var request = OperationsTable.Of("Id:S") with { ProvisionedThroughput = new(10, 5_000) };
        var table = await Host.CreateAsync(request);

        var updated = await UpdateAsync(new(table) { BillingMode = BillingMode.PAY_PER_REQUEST, OnDemandThroughput = new(5, 6) });

        updated.OnDemandThroughput.Should().Be(new OnDemandThroughput(5, 6));
        updated.WarmThroughput.Should().Be(new TableWarmThroughputDescription(12_000, 5_000, TableStatus.ACTIVE));
        updated.TableStatus.Should().Be(TableStatus.UPDATING);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Update_that_breaks_a_rule_is_refused_and_changes_nothing(string name)
    {
        var (request, message) = ByName[name];
        var table = await CreateAsync();
        var before = await DescribeAsync(table);

        var refused = () => UpdateAsync(request with { TableName = table });

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
        (await DescribeAsync(table)).Should().BeEquivalentTo(before);
    }

    private static UpdateTableRequest OfIndex(UpdateGlobalSecondaryIndexAction update) =>
        new("?") { GlobalSecondaryIndexUpdates = [new() { Update = update }] };

    private Task<string> CreateAsync() => Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));

    private async Task<TableDescription> DescribeAsync(string table) => (await Host.Db.DescribeTableAsync(new(table))).Table;

    private async Task<TableDescription> UpdateAsync(UpdateTableRequest request) =>
        (await Host.Db.UpdateTableAsync(request)).TableDescription;
}
