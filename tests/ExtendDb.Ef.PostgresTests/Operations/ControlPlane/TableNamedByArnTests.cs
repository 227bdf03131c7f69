using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.ControlPlane;

public class TableNamedByArnTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["Id"] = "1" };
    private static readonly AttributeMap Stored = new() { ["Id"] = "1", ["Kind"] = "k" };
    private static readonly AttributeMap Other = new() { ["Id"] = "2" };

    // Each on a table with the item Stored; the result says that the table was found.
    private static readonly Dictionary<string, Func<IExtendDb, string, Task<object?>>> ByOperation = new()
    {
        ["GetItem"] = async (db, table) => (await db.GetItemAsync(new(table, Key))).Item,
        ["PutItem"] = async (db, table) =>
            (await db.PutItemAsync(new(table, Stored) { ReturnValues = ReturnValue.ALL_OLD })).Attributes,
        ["UpdateItem"] = async (db, table) =>
            (await db.UpdateItemAsync(new(table, Key) { ReturnValues = ReturnValue.ALL_OLD })).Attributes,
        ["DeleteItem"] = async (db, table) =>
            (await db.DeleteItemAsync(new(table, Key) { ReturnValues = ReturnValue.ALL_OLD })).Attributes,
        ["Query"] = async (db, table) =>
            (await db.QueryAsync(OperationsQuery.Of(table, ("Id", Condition.EqualTo("1"))))).Items.Single(),
        ["Query of an index"] = async (db, table) =>
            (await db.QueryAsync(OperationsQuery.OfIndex(table, "ByKind", ("Kind", Condition.EqualTo("k"))))).Items.Single(),
        ["Scan"] = async (db, table) => (await db.ScanAsync(new(table))).Items.Single(),
        ["BatchGetItem"] = async (db, table) => (await db.BatchGetItemAsync(
            new(new Dictionary<string, KeysAndAttributes> { [table] = new([Key]) }))).Responses[table].Single(),
        ["BatchWriteItem"] = async (db, table) =>
        {
            await db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [table] = [new() { PutRequest = new(Other) }],
            }));
            return (await db.ScanAsync(new(table))).Count == 2 ? Stored : null;
        },
        ["TransactGetItems"] = async (db, table) =>
            (await db.TransactGetItemsAsync(new([new() { Get = new(table, Key) }]))).Responses.Single().Item,
        ["TransactWriteItems"] = async (db, table) =>
        {
            await db.TransactWriteItemsAsync(new(
            [
                new() { Put = new(table, Other) },
                new() { Update = new(table, new() { ["Id"] = "3" }, "SET A = Id") },
                new() { Delete = new(table, new() { ["Id"] = "4" }) },
                new() { ConditionCheck = new(table, Key, "attribute_exists(Kind)") },
            ]));
            return (await db.ScanAsync(new(table))).Count == 3 ? Stored : null;
        },
        ["DescribeTable"] = async (db, table) => (await db.DescribeTableAsync(new(table))).Table.ItemCount == 1 ? Stored : null,
        ["GetTableDefinition"] = async (db, table) => (await db.GetTableDefinitionAsync(table)).Indexes.Count == 1 ? Stored : null,
        ["UpdateTable"] = async (db, table) =>
            (await db.UpdateTableAsync(new(table) { DeletionProtectionEnabled = true })).TableDescription.DeletionProtectionEnabled
                ? Stored
                : null,
        ["DeleteTable"] = async (db, table) =>
            (await db.DeleteTableAsync(new(table))).TableDescription.ItemCount == 1 ? Stored : null,
        ["UpdateTimeToLive"] = async (db, table) =>
            (await db.UpdateTimeToLiveAsync(new(table, new("Until", true)))).TimeToLiveSpecification.Enabled == true ? Stored : null,
        ["DescribeTimeToLive"] = async (db, table) =>
            (await db.DescribeTimeToLiveAsync(new(table))).TimeToLiveDescription.TimeToLiveStatus == TimeToLiveStatus.DISABLED
                ? Stored
                : null,
        ["DescribeContinuousBackups"] = async (db, table) =>
            (await db.DescribeContinuousBackupsAsync(new(table))).ContinuousBackupsDescription is not null ? Stored : null,
    };

    public static TheoryData<string> Operations => [.. ByOperation.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Operation_finds_the_table_by_its_ARN(string operation)
    {
        var arn = (await CreateAsync()).TableArn;

        var found = await ByOperation[operation](Host.Db, arn);

        found.Should().BeEquivalentTo(Stored);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Operation_finds_the_table_by_the_ARN_of_another_region_and_account(string operation)
    {
        var table = (await CreateAsync()).TableName;

        var found = await ByOperation[operation](Host.Db, $"arn:aws-cn:dynamodb:cn-north-1:123456789012:table/{table}");

        found.Should().BeEquivalentTo(Stored);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Table_that_is_not_there_is_not_found_by_an_ARN_either(string operation)
    {
        const string Arn = "arn:aws:dynamodb:local:000000000000:table/Nowhere";

        var refused = () => ByOperation[operation](Host.Db, Arn);

        (await refused.Should().ThrowAsync<DynamoDbException>()).Which.Message
            .Should().Match(message => message == "Requested resource not found"
                || message == "Requested resource not found: Table: Nowhere not found"
                || message == "Table not found: Nowhere");
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task ARN_of_an_index_is_refused(string operation)
    {
        var table = await CreateAsync();

        var refused = () => ByOperation[operation](Host.Db, table.GlobalSecondaryIndexes.Single().IndexArn);

        await refused.Should().ThrowAsync<ValidationException>().WithMessage("* validation error* detected: *at '*");
    }

    [Fact]
    public async Task Table_is_created_by_an_ARN_under_the_name_in_it()
    {
        var request = OperationsTable.Of("Id:S");

        var created = (await Host.Db.CreateTableAsync(
            request with { TableName = $"arn:aws:dynamodb:eu-west-1:123456789012:table/{request.TableName}" })).TableDescription;

        created.TableName.Should().Be(request.TableName);
        created.TableArn.Should().Be($"arn:aws:dynamodb:local:000000000000:table/{request.TableName}");
        var again = () => Host.Db.CreateTableAsync(request with { TableName = created.TableArn });
        await again.Should().ThrowAsync<ResourceInUseException>().WithMessage($"Table already exists: {request.TableName}");
    }

    [Fact]
    public async Task Consumed_capacity_names_the_table_as_the_request_does()
    {
        var table = (await CreateAsync()).TableArn;
        const ReturnConsumedCapacity Total = ReturnConsumedCapacity.TOTAL;

        ConsumedCapacity?[] consumed =
        [
            (await Host.Db.GetItemAsync(new(table, Key) { ReturnConsumedCapacity = Total })).ConsumedCapacity,
            (await Host.Db.PutItemAsync(new(table, Stored) { ReturnConsumedCapacity = Total })).ConsumedCapacity,
            (await Host.Db.UpdateItemAsync(new(table, Key) { ReturnConsumedCapacity = Total })).ConsumedCapacity,
            (await Host.Db.DeleteItemAsync(new(table, Key) { ReturnConsumedCapacity = Total })).ConsumedCapacity,
            (await Host.Db.ScanAsync(new(table) { ReturnConsumedCapacity = Total })).ConsumedCapacity,
            (await Host.Db.QueryAsync(OperationsQuery.Of(table, ("Id", Condition.EqualTo("1"))) with { ReturnConsumedCapacity = Total }))
                .ConsumedCapacity,
            (await Host.Db.TransactGetItemsAsync(new([new() { Get = new(table, Key) }]) { ReturnConsumedCapacity = Total }))
                .ConsumedCapacity!.Single(),
            (await Host.Db.TransactWriteItemsAsync(new([new() { Put = new(table, Stored) }]) { ReturnConsumedCapacity = Total }))
                .ConsumedCapacity!.Single(),
            (await Host.Db.BatchGetItemAsync(
                new(new Dictionary<string, KeysAndAttributes> { [table] = new([Key]) }) { ReturnConsumedCapacity = Total }))
                .ConsumedCapacity!.Single(),
            (await Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [table] = [new() { PutRequest = new(Other) }],
            })
            { ReturnConsumedCapacity = Total })).ConsumedCapacity!.Single(),
        ];

        consumed.Should().OnlyContain(of => of!.TableName == table);
    }

    [Fact]
    public async Task Sizes_of_collections_name_the_table_as_the_request_does()
    {
        var created = (await Host.Db.CreateTableAsync(OperationsTable.Of("Id:S Sort:S").WithLocal("ByRank", "Id:S Rank:N")))
            .TableDescription;

        var response = await Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [created.TableArn] = [new() { PutRequest = new(new() { ["Id"] = "1", ["Sort"] = "a" }) }],
        })
        { ReturnItemCollectionMetrics = ReturnItemCollectionMetrics.SIZE });

        response.ItemCollectionMetrics!.Keys.Should().Equal(created.TableArn);
    }

    [Fact]
    public async Task Batch_finds_one_table_by_its_name_and_by_its_ARN()
    {
        var table = await CreateAsync();
        await Host.PutAsync(table.TableName, Other);

        var response = await Host.Db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
        {
            [table.TableName] = new([Key]),
            [table.TableArn] = new([Other]),
        }));

        response.Responses[table.TableName].Should().BeEquivalentTo([Stored]);
        response.Responses[table.TableArn].Should().BeEquivalentTo([Other]);
    }

    [Fact]
    public async Task One_item_by_the_name_and_by_the_ARN_of_its_table_is_one_item_twice()
    {
        var table = await CreateAsync();

        var get = () => Host.Db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
        {
            [table.TableName] = new([Key]),
            [table.TableArn] = new([Key]),
        }));
        var write = () => Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [table.TableName] = [new() { PutRequest = new(Stored) }],
            [table.TableArn] = [new() { DeleteRequest = new(Key) }],
        }));
        var transact = () => Host.Db.TransactWriteItemsAsync(new(
        [
            new() { Put = new(table.TableName, Stored) },
            new() { Delete = new(table.TableArn, Key) },
        ]));

        await get.Should().ThrowAsync<ValidationException>().WithMessage("Provided list of item keys contains duplicates");
        await write.Should().ThrowAsync<ValidationException>().WithMessage("Provided list of item keys contains duplicates");
        await transact.Should().ThrowAsync<ValidationException>()
            .WithMessage("Transaction request cannot include multiple operations on one item");
    }

    [Fact]
    public async Task Transaction_sent_again_with_the_ARN_is_the_same_transaction()
    {
        var table = await CreateAsync();
        var token = Guid.NewGuid().ToString();
        TransactWriteItemsRequest Counting(string name) =>
            new([new() { Update = new(name, Key, "ADD N :one") { ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":one"] = 1 } } }])
            {
                ClientRequestToken = token,
            };
        await Host.Db.TransactWriteItemsAsync(Counting(table.TableName));

        await Host.Db.TransactWriteItemsAsync(Counting(table.TableArn));

        (await Host.GetAsync(table.TableName, Key))!["N"].Should().Be((AttributeValue)1);
    }

    [Theory]
    [InlineData("", "2 validation errors detected: Value '' at 'exclusiveStartTableName' failed to satisfy constraint: Member must "
        + "satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value '' at 'exclusiveStartTableName' failed to satisfy "
        + "constraint: Member must have length greater than or equal to 3")]
    [InlineData("ab", "1 validation error detected: Value 'ab' at 'exclusiveStartTableName' failed to satisfy constraint: Member "
        + "must have length greater than or equal to 3")]
    [InlineData("b@d", "1 validation error detected: Value 'b@d' at 'exclusiveStartTableName' failed to satisfy constraint: Member "
        + "must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")]
    [InlineData("arn:aws:dynamodb:local:000000000000:table/Files", "1 validation error detected: Value 'arn:*' at "
        + "'exclusiveStartTableName' failed to satisfy constraint: Member must satisfy regular expression pattern: *")]
    public async Task List_begins_behind_a_name_and_not_an_ARN(string start, string message)
    {
        var refused = () => Host.Db.ListTablesAsync(new() { ExclusiveStartTableName = start });

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
    }

    [Fact]
    public async Task Region_and_account_of_the_options_are_in_the_ARNs()
    {
        await using var elsewhere = await OperationsHost.StartAsync(
            Database.ConnectionString,
            configure: options => (options.Region, options.AccountId) = ("eu-central-1", "123456789012"));
        var table = await CreateAsync();

        var described = (await elsewhere.Db.DescribeTableAsync(new(table.TableArn))).Table;

        described.TableArn.Should().Be($"arn:aws:dynamodb:eu-central-1:123456789012:table/{table.TableName}");
        described.GlobalSecondaryIndexes.Single().IndexArn.Should().Be(described.TableArn + "/index/ByKind");
        (await Host.Db.ListTagsOfResourceAsync(new(described.TableArn))).Tags.Should().BeEmpty();
    }

    private async Task<TableDescription> CreateAsync()
    {
        var table = (await Host.Db.CreateTableAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S", delayMs: 0)))
            .TableDescription;
        await Host.PutAsync(table.TableName, Stored);
        return table;
    }
}
