using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>UpdateTable, tags, expiry and what else is said of a table, through the SDK.</summary>
public sealed class TableChangeTests(WireServer server) : IClassFixture<WireServer>
{
    private AmazonDynamoDBClient Client => server.Client;

    [Fact]
    public async Task An_index_added_to_a_table_is_created_filled_and_active()
    {
        var name = await TableSpec.Of("Id:S").CreateAsync(Client);
        await Client.PutItemAsync(name, new() { ["Id"] = new("old"), ["Year"] = new() { N = "1977" } });
        await Client.PutItemAsync(name, new() { ["Id"] = new("mistyped"), ["Year"] = new("1977") });

        var answer = (await Client.UpdateTableAsync(AddIndex(name))).TableDescription;
        var active = await Waiting.ReadAsync(
            () => DescribeAsync(name), table => table.TableStatus == TableStatus.ACTIVE);

        answer.TableStatus.Should().Be(TableStatus.UPDATING);
        answer.GlobalSecondaryIndexes.Should().ContainSingle().Which.IndexStatus.Should().Be(IndexStatus.CREATING);
        answer.GlobalSecondaryIndexes[0].Backfilling.Should().BeTrue();
        active.GlobalSecondaryIndexes.Should().ContainSingle().Which.IndexStatus.Should().Be(IndexStatus.ACTIVE);
        active.GlobalSecondaryIndexes[0].ItemCount.Should().Be(1);
        var page = await Client.QueryAsync(new QueryRequest(name)
        {
            IndexName = "by-year",
            KeyConditionExpression = "#y = :y",
            ExpressionAttributeNames = new() { ["#y"] = "Year" },
            ExpressionAttributeValues = new() { [":y"] = new() { N = "1977" } },
        });
        page.Items.Should().ContainSingle().Which["Id"].S.Should().Be("old");
    }

    [Fact]
    public async Task An_index_taken_from_a_table_is_deleted_and_gone()
    {
        var name = await TableSpec.Of("Id:S").WithGlobal("by-year", "Year:N").CreateAsync(Client);

        var answer = (await Client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = name,
            GlobalSecondaryIndexUpdates = [new() { Delete = new() { IndexName = "by-year" } }],
        })).TableDescription;
        var left = await Waiting.ReadAsync(() => DescribeAsync(name), table => table.GlobalSecondaryIndexes is not { Count: > 0 });

        answer.GlobalSecondaryIndexes.Should().ContainSingle().Which.IndexStatus.Should().Be(IndexStatus.DELETING);
        left.TableStatus.Should().Be(TableStatus.ACTIVE);
        left.AttributeDefinitions.Should().ContainSingle().Which.AttributeName.Should().Be("Id");
    }

    [Fact]
    public async Task Only_one_index_is_created_at_a_time()
    {
        var name = await TableSpec.Of("Id:S").CreateAsync(Client);
        await Client.UpdateTableAsync(AddIndex(name));

        var second = () => Client.UpdateTableAsync(AddIndex(name, "by-other-year"));

        (await second.Should().ThrowAsync<LimitExceededException>()).Which.Message
            .Should().Contain("Only 1 online index can be created or deleted simultaneously per table");
    }

    [Fact]
    public async Task Billing_capacity_and_protection_of_a_table_can_be_changed()
    {
        var name = await TableSpec.Of("Id:S").CreateAsync(Client);

        await Client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PROVISIONED,
            ProvisionedThroughput = new(7, 3),
        });
        await Client.UpdateTableAsync(new UpdateTableRequest { TableName = name, DeletionProtectionEnabled = true });

        var table = await DescribeAsync(name);
        table.BillingModeSummary.BillingMode.Should().Be(BillingMode.PROVISIONED);
        (table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits).Should().Be((7, 3));
        var deletion = () => Client.DeleteTableAsync(name);
        (await deletion.Should().ThrowAsync<AmazonDynamoDBException>()).Which.ErrorCode.Should().Be("ValidationException");
        await Client.UpdateTableAsync(new UpdateTableRequest { TableName = name, DeletionProtectionEnabled = false });
        await Client.DeleteTableAsync(name);
    }

    [Fact]
    public async Task A_table_without_a_billing_mode_needs_a_capacity()
    {
        var request = new CreateTableRequest
        {
            TableName = $"t-{Guid.NewGuid():N}",
            KeySchema = [new("Id", KeyType.HASH)],
            AttributeDefinitions = [new("Id", ScalarAttributeType.S)],
        };

        var without = () => Client.CreateTableAsync(request);

        (await without.Should().ThrowAsync<AmazonDynamoDBException>()).Which.Message.Should().EndWith(
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        request.ProvisionedThroughput = new(1, 1);
        (await Client.CreateTableAsync(request)).TableDescription.TableStatus.Should().Be(TableStatus.CREATING);
    }

    [Fact]
    public async Task Tags_are_given_listed_and_taken_away()
    {
        var name = await TableSpec.Of("Id:S").CreateAsync(Client);
        var arn = (await DescribeAsync(name)).TableArn;

        await Client.TagResourceAsync(new TagResourceRequest
        {
            ResourceArn = arn,
            Tags = [.. Enumerable.Range(0, 12).Select(n => new Tag { Key = $"k{n:00}", Value = $"v{n}" })],
        });
        await Client.UntagResourceAsync(new UntagResourceRequest { ResourceArn = arn, TagKeys = ["k03"] });

        var listed = await Client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn });
        listed.Tags.Select(tag => $"{tag.Key}={tag.Value}").Should().BeEquivalentTo(
            Enumerable.Range(0, 12).Where(n => n != 3).Select(n => $"k{n:00}=v{n}"));
        listed.NextToken.Should().BeNull();
    }

    [Fact]
    public async Task Tags_of_what_is_no_table_are_refused()
    {
        var elsewhere = () => Client.ListTagsOfResourceAsync(
            new ListTagsOfResourceRequest { ResourceArn = "arn:aws:dynamodb:local:000000000000:table/not-there" });
        var nothing = () => Client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = "arn:aws:dynamodb:local:000000000000:nothing/at-all" });

        await elsewhere.Should().ThrowAsync<ResourceNotFoundException>();
        (await nothing.Should().ThrowAsync<AmazonDynamoDBException>()).Which.Message.Should().Contain("Invalid TableArn");
    }

    [Fact]
    public async Task Items_can_be_made_to_expire_and_it_is_described()
    {
        var name = await TableSpec.Of("Id:S").CreateAsync(Client);
        var before = await Client.DescribeTimeToLiveAsync(name);

        var answer = await Client.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest
        {
            TableName = name,
            TimeToLiveSpecification = new() { AttributeName = "Until", Enabled = true },
        });

        var after = await Client.DescribeTimeToLiveAsync(name);
        before.TimeToLiveDescription.TimeToLiveStatus.Should().Be(TimeToLiveStatus.DISABLED);
        answer.TimeToLiveSpecification.AttributeName.Should().Be("Until");
        after.TimeToLiveDescription.TimeToLiveStatus.Should().Be(TimeToLiveStatus.ENABLED);
        after.TimeToLiveDescription.AttributeName.Should().Be("Until");
    }

    [Fact]
    public async Task Limits_backups_and_endpoints_are_described()
    {
        var name = await TableSpec.Of("Id:S").CreateAsync(Client);

        var limits = await Client.DescribeLimitsAsync(new DescribeLimitsRequest());
        var backups = await Client.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = name });
        var endpoints = await Client.DescribeEndpointsAsync(new DescribeEndpointsRequest());

        limits.TableMaxReadCapacityUnits.Should().Be(40_000);
        backups.ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus
            .Should().Be(PointInTimeRecoveryStatus.DISABLED);
        endpoints.Endpoints.Should().ContainSingle().Which.Address.Should().Be($"{server.Url.Host}:{server.Url.Port}");
    }

    private static UpdateTableRequest AddIndex(string table, string index = "by-year") => new()
    {
        TableName = table,
        AttributeDefinitions = [new("Year", ScalarAttributeType.N)],
        GlobalSecondaryIndexUpdates =
        [
            new()
            {
                Create = new()
                {
                    IndexName = index,
                    KeySchema = [new("Year", KeyType.HASH)],
                    Projection = new() { ProjectionType = ProjectionType.ALL },
                },
            },
        ],
    };

    private async Task<TableDescription> DescribeAsync(string table) => (await Client.DescribeTableAsync(table)).Table;
}
