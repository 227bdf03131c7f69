using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.ControlPlane;

public class UpdateTableRefusalTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string OnlyOne =
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";

    private static readonly GlobalSecondaryIndexUpdate Create = new()
    {
        Create = new("ByNew", [new("New", KeyType.HASH)], Projection.All) { ProvisionedThroughput = new(1, 1) },
    };

    private static readonly UpdateTableRequest Creation = new("?")
    {
        AttributeDefinitions = [new("New", AttributeType.S)],
        GlobalSecondaryIndexUpdates = [Create],
    };

    public static TheoryData<string> Names => [.. ByName.Keys];

    // Each on a PROVISIONED table of 10 and 10 units, {Id, Sort}, with a global index ByKind of 3 and 1, and a local one ByRank.
    private static Dictionary<string, (Type Error, string Message, UpdateTableRequest Request)> ByName => new()
    {
        ["nothing"] = Refused(
            "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
                + "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, "
                + "MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass "
                + "is required",
            new("?") { AttributeDefinitions = [new("Id", AttributeType.S)], GlobalSecondaryIndexUpdates = [] }),
        ["no index"] = Refused(
            Invalid + "List of GlobalSecondaryIndexUpdates is empty",
            new("?") { GlobalSecondaryIndexUpdates = [], DeletionProtectionEnabled = true }),
        ["protection beside billing"] = Refused(
            Invalid + "DeletionProtection modification must be the only operation in the request",
            new("?") { BillingMode = BillingMode.PAY_PER_REQUEST, DeletionProtectionEnabled = true }),
        ["class beside an index"] = Refused(
            Invalid + "TableClass modification must be the only operation in the request",
            Creation with { TableClass = TableClass.STANDARD }),
        ["encryption beside protection"] = Refused(
            Invalid + "Server-Side Encryption modification must be the only operation in the request",
            new("?") { SSESpecification = new(true), DeletionProtectionEnabled = true }),
        ["capacity beside a new index"] = Refused(
            Invalid + "You cannot create or delete index while updating table IOPS",
            Creation with { ProvisionedThroughput = new(1, 1) }),
        ["stream without a view"] = Refused(
            "Invalid StreamViewType: Stream ViewType must not be null or empty when enabling streams.",
            new("?") { StreamSpecification = new(true) }),
        ["no stream with a view"] = Refused(
            Invalid + "If stream is being disabled, then UpdateViewType must not be specified",
            new("?") { StreamSpecification = new(false, StreamViewType.KEYS_ONLY) }),
        ["no stream"] = Refused("Table has no stream to disable: TableName: *", new("?") { StreamSpecification = new(false) }),
        ["capacity of 0"] = Refused(
            "2 validation errors detected: Value '0' at 'provisionedThroughput.writeCapacityUnits' *",
            new("?") { ProvisionedThroughput = new(0, 0) }),
        ["half a capacity"] = Refused(
            "1 validation error detected: Value null at 'provisionedThroughput.readCapacityUnits' *",
            new("?") { ProvisionedThroughput = new(null, 1) }),
        ["capacity out of bounds"] = Refused(
            "Given value 1000000000001 for WriteCapacityUnits is out of bounds",
            new("?") { ProvisionedThroughput = new(1, 1_000_000_000_001) }),
        ["capacity as it is"] = Refused(
            "The provisioned throughput for the table will not change. The requested value equals the current value. "
                + "Current ReadCapacityUnits provisioned for the table: 10. Requested ReadCapacityUnits: 10. "
                + "Current WriteCapacityUnits provisioned for the table: 10. Requested WriteCapacityUnits: 10. "
                + "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
            new("?") { ProvisionedThroughput = new(10, 10) }),
        ["PROVISIONED without a capacity"] = Refused(
            Invalid + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
            new("?") { BillingMode = BillingMode.PROVISIONED }),
        ["PAY_PER_REQUEST with a capacity"] = Refused(
            Invalid + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                + "PAY_PER_REQUEST",
            new("?") { BillingMode = BillingMode.PAY_PER_REQUEST, ProvisionedThroughput = new(1, 1) }),
        ["PAY_PER_REQUEST with the capacity of an index"] = Refused(
            Invalid + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: ByKind when "
                + "BillingMode is PAY_PER_REQUEST",
            new("?") { BillingMode = BillingMode.PAY_PER_REQUEST, GlobalSecondaryIndexUpdates = [Capacity("ByKind", 9)] }),
        ["capacity of an index as it is"] = Refused(
            "The provisioned throughput for the index ByKind will not change. The requested value equals the current "
                + "value. Current ReadCapacityUnits provisioned for index ByKind: 3. Requested ReadCapacityUnits: 3. *",
            new("?") { GlobalSecondaryIndexUpdates = [Capacity("ByKind", 3)] }),
        ["index without a capacity"] = Refused(
            Invalid + "ProvisionedThroughput must be specified for index: ByKind",
            new("?") { GlobalSecondaryIndexUpdates = [new() { Update = new("ByKind", null) }] }),
        ["null for an update"] = Refused(
            "1 validation error detected: Value null at 'globalSecondaryIndexUpdates.1.member' *",
            new("?") { GlobalSecondaryIndexUpdates = [null!] }),
        ["update without an action"] = Refused(
            Invalid + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                + "GlobalSecondaryIndexUpdate.Delete must not be null",
            new("?") { GlobalSecondaryIndexUpdates = [new()] }),
        ["update of two actions"] = Refused(
            Invalid + "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object",
            new("?") { GlobalSecondaryIndexUpdates = [Create with { Delete = new("ByKind") }] }),
        ["two updates of one index"] = Refused(
            Invalid + "Only one global secondary index update per index is allowed simultaneously. Index: ByKind",
            new("?") { GlobalSecondaryIndexUpdates = [Capacity("ByKind", 9), Delete("ByKind")] }),
        ["index without a name"] = Refused(
            "1 validation error detected: Value null at 'globalSecondaryIndexUpdates.1.member.delete.indexName' *",
            new("?") { GlobalSecondaryIndexUpdates = [Delete(null!)] }),
        ["index with an impossible name"] = Refused(
            "1 validation error detected: Value 'a b' at 'globalSecondaryIndexUpdates.1.member.update.indexName' *",
            new("?") { GlobalSecondaryIndexUpdates = [Capacity("a b", 1)] }),
        ["creation of nothing"] = Refused(
            "3 validation errors detected: *create.projection'*create.indexName'*create.keySchema'*",
            new("?") { GlobalSecondaryIndexUpdates = [new() { Create = new(null!, null!, null!) }] }),
        ["creation and deletion"] = (
            typeof(LimitExceededException), OnlyOne,
            Creation with { GlobalSecondaryIndexUpdates = [Create, Delete("Nowhere")] }),
        ["two deletions"] = (
            typeof(LimitExceededException), OnlyOne,
            new("?") { GlobalSecondaryIndexUpdates = [Delete("ByKind"), Delete("Nowhere")] }),
        ["deletion of a missing index"] = (
            typeof(ResourceNotFoundException), "Requested resource not found: Index Nowhere for table *",
            new("?") { GlobalSecondaryIndexUpdates = [Delete("Nowhere")] }),
        ["capacity of a missing index"] = (
            typeof(ResourceNotFoundException), "Requested resource not found: Index Nowhere for table *",
            new("?") { GlobalSecondaryIndexUpdates = [Capacity("Nowhere", 1)] }),
        ["deletion of a local index"] = Refused(
            "Cannot delete an index that is not a GlobalSecondaryIndex: ByRank",
            new("?") { GlobalSecondaryIndexUpdates = [Delete("ByRank")] }),
        ["capacity of a local index"] = Refused(
            "Cannot update an index that is not a GlobalSecondaryIndex: ByRank",
            new("?") { GlobalSecondaryIndexUpdates = [Capacity("ByRank", 1)] }),
        ["index that is there"] = Refused(
            "Attempting to create an index which already exists", Named("ByKind")),
        ["index of the name of a local one"] = Refused(
            "Attempting to create an index which already exists", Named("ByRank")),
        ["index without definitions"] = Refused(
            Invalid + "AttributeDefinitions is not specified for index: ByNew", Creation with { AttributeDefinitions = null }),
        ["index whose key is not defined again"] = Refused(
            Invalid + "Some index key attributes are not defined in AttributeDefinitions. Keys: [New], "
                + "AttributeDefinitions: [Other]",
            Creation with { AttributeDefinitions = [new("Other", AttributeType.S)] }),
        ["definition given twice"] = Refused(
            "Attribute Name is duplicated: New",
            Creation with { AttributeDefinitions = [new("New", AttributeType.S), new("New", AttributeType.N)] }),
        ["attribute of another type"] = Refused(
            Invalid + "Attributes cannot be redefined. Please check that your attribute has the same type as previously "
                + "defined. Existing schema: Schema:[SchemaElement: key{Kind:S:HASH}] "
                + "New schema: Schema:[SchemaElement: key{Kind:N:HASH}]",
            new("?")
            {
                AttributeDefinitions = [new("Kind", AttributeType.N)],
                GlobalSecondaryIndexUpdates = [Create with { Create = Create.Create! with { KeySchema = [new("Kind", KeyType.HASH)] } }],
            }),
        ["index without a hash"] = Refused(
            "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
            Creation with
            {
                GlobalSecondaryIndexUpdates = [Create with { Create = Create.Create! with { KeySchema = [new("New", KeyType.RANGE)] } }],
            }),
        ["new index without a capacity"] = Refused(
            Invalid + "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: ByNew",
            Creation with
            {
                GlobalSecondaryIndexUpdates = [Create with { Create = Create.Create! with { ProvisionedThroughput = null } }],
            }),
        ["new index with an impossible delay"] = Refused(
            Invalid + "PropagationDelay of index ByNew *",
            Creation with
            {
                GlobalSecondaryIndexUpdates =
                    [Create with { Create = Create.Create! with { PropagationDelay = TimeSpan.FromDays(2) } }],
            }),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Update_that_breaks_a_rule_is_refused_and_changes_nothing(string name)
    {
        var (error, message, request) = ByName[name];
        var table = await Host.CreateAsync(
            OperationsTable.Of("Id:S Sort:S").WithGlobal("ByKind", "Kind:S", read: 3).WithLocal("ByRank", "Id:S Rank:N") with
            {
                ProvisionedThroughput = new(10, 10),
            });
        var before = (await Host.Db.DescribeTableAsync(new(table))).Table;
        var version = await VersionAsync();

        var refused = () => Host.Db.UpdateTableAsync(request with { TableName = table });

        (await refused.Should().ThrowAsync<DynamoDbException>().WithMessage(message)).Which.Should().BeOfType(error);
        (await Host.Db.DescribeTableAsync(new(table))).Table.Should().BeEquivalentTo(before);
        (await VersionAsync()).Should().Be(version);
    }

    [Theory]
    [InlineData(false, Invalid + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")]
    [InlineData(true, Invalid + "The only Updates for index: ByKind when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput")]
    public async Task Capacity_is_not_for_a_table_that_is_PAY_PER_REQUEST(bool ofIndex, string message)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));

        var refused = () => Host.Db.UpdateTableAsync(ofIndex
            ? new(table) { GlobalSecondaryIndexUpdates = [Capacity("ByKind", 1)] }
            : new(table) { ProvisionedThroughput = new(1, 1) });

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
    }

    [Fact]
    public async Task Table_becomes_PROVISIONED_only_with_a_capacity_for_each_index()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));

        var refused = () => Host.Db.UpdateTableAsync(new(table)
        {
            BillingMode = BillingMode.PROVISIONED,
            ProvisionedThroughput = new(1, 1),
        });

        await refused.Should().ThrowAsync<ValidationException>()
            .WithMessage(Invalid + "ProvisionedThroughput must be specified for index: ByKind");
    }

    [Fact]
    public async Task New_index_of_a_table_that_is_PAY_PER_REQUEST_has_no_capacity()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var refused = () => Host.Db.UpdateTableAsync(Creation with { TableName = table });

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(
            Invalid + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: ByNew when BillingMode "
            + "is PAY_PER_REQUEST");
    }

    [Fact]
    public async Task Twenty_first_global_index_is_refused()
    {
        var table = await Host.CreateAsync(
            Enumerable.Range(0, 20).Aggregate(OperationsTable.Of("Id:S"), (t, i) => t.WithGlobal($"By{i:00}", "Kind:S")));

        var refused = () => Host.Db.UpdateTableAsync(Creation with { TableName = table });

        await refused.Should().ThrowAsync<LimitExceededException>().WithMessage(
            "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20");
    }

    [Fact]
    public async Task Table_that_was_deleted_is_refused()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.Db.DeleteTableAsync(new(table));

        var refused = () => Host.Db.UpdateTableAsync(new(table) { DeletionProtectionEnabled = true });

        await refused.Should().ThrowAsync<ResourceNotFoundException>();
    }

    private static (Type Error, string Message, UpdateTableRequest Request) Refused(string message, UpdateTableRequest request) =>
        (typeof(ValidationException), message, request);

    private static UpdateTableRequest Named(string index) => Creation with
    {
        GlobalSecondaryIndexUpdates = [Create with { Create = Create.Create! with { IndexName = index } }],
    };

    private static GlobalSecondaryIndexUpdate Capacity(string index, long read) => new() { Update = new(index, new(read, 1)) };

    private static GlobalSecondaryIndexUpdate Delete(string index) => new() { Delete = new(index) };

    private async Task<long> VersionAsync() => (long)(await Host.ScalarAsync("SELECT version FROM extenddb.catalog_state"))!;
}
