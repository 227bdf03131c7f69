using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Sdk;

/// <summary>CreateTable, DescribeTable, ListTables and DeleteTable through the SDK.</summary>
public sealed class TableTests(WireServer server) : IClassFixture<WireServer>
{
    [Fact]
    public async Task A_table_is_described_as_it_was_created()
    {
        var name = await TableSpec.Of("Id:S Sort:N")
            .WithGlobal("by-year", "Year:N Id:S", "Name", "Place").WithLocal("by-place", "Id:S Place:B").CreateAsync(server.Client);

        var table = (await server.Client.DescribeTableAsync(name)).Table;

        table.TableName.Should().Be(name);
        table.TableStatus.Should().Be(TableStatus.ACTIVE);
        Text(table.KeySchema).Should().Be("Id HASH, Sort RANGE");
        table.AttributeDefinitions.Select(defined => $"{defined.AttributeName}:{defined.AttributeType}")
            .Should().BeEquivalentTo("Id:S", "Sort:N", "Year:N", "Place:B");
        var global = table.GlobalSecondaryIndexes.Should().ContainSingle().Which;
        (global.IndexName, Text(global.KeySchema)).Should().Be(("by-year", "Year HASH, Id RANGE"));
        global.IndexStatus.Should().Be(IndexStatus.ACTIVE);
        global.Projection.ProjectionType.Should().Be(ProjectionType.INCLUDE);
        global.Projection.NonKeyAttributes.Should().BeEquivalentTo("Name", "Place");
        var local = table.LocalSecondaryIndexes.Should().ContainSingle().Which;
        (local.IndexName, Text(local.KeySchema)).Should().Be(("by-place", "Id HASH, Place RANGE"));
        local.Projection.ProjectionType.Should().Be(ProjectionType.ALL);
        table.CreationDateTime.Should().BeCloseTo(DateTime.UtcNow, TimeSpan.FromMinutes(1));
        Guid.TryParse(table.TableId, out _).Should().BeTrue();
    }

    [Fact]
    public async Task A_table_says_how_it_is_billed_and_what_its_name_is_everywhere()
    {
        var name = await TableSpec.Of("Id:S").WithGlobal("by-year", "Year:N").CreateAsync(server.Client);

        var table = (await server.Client.DescribeTableAsync(name)).Table;

        table.BillingModeSummary.BillingMode.Should().Be(BillingMode.PAY_PER_REQUEST);
        table.ProvisionedThroughput.ReadCapacityUnits.Should().Be(0);
        table.ItemCount.Should().Be(0);
        table.TableSizeBytes.Should().Be(0);
        table.TableArn.Should().StartWith("arn:aws:dynamodb:").And.EndWith($":table/{name}");
        table.GlobalSecondaryIndexes[0].IndexArn.Should().Be($"{table.TableArn}/index/by-year");
    }

    [Fact]
    public async Task The_paginator_lists_every_table_once()
    {
        var names = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            names.Add(await TableSpec.Of("Id:S").CreateAsync(server.Client));
        }

        var listed = new List<string>();
        await foreach (var name in server.Client.Paginators.ListTables(new ListTablesRequest { Limit = 2 }).TableNames)
        {
            listed.Add(name);
        }

        listed.Should().Contain(names).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_deleted_table_is_DELETING_and_then_not_found()
    {
        var name = await TableSpec.Of("Id:S").CreateAsync(server.Client);

        var deleted = await server.Client.DeleteTableAsync(name);

        deleted.TableDescription.TableStatus.Should().Be(TableStatus.DELETING);
        await Waiting.ReadAsync(() => IsGoneAsync(name), gone => gone);
    }

    [Fact]
    public async Task Endpoints_name_the_server_itself()
    {
        var response = await server.Client.DescribeEndpointsAsync(new DescribeEndpointsRequest());

        response.Endpoints.Should().ContainSingle().Which.Address.Should().Be(server.Url.Authority);
    }

    private async Task<bool> IsGoneAsync(string name)
    {
        try
        {
            await server.Client.DescribeTableAsync(name);
            return false;
        }
        catch (ResourceNotFoundException)
        {
            return true;
        }
    }

    private static string Text(List<KeySchemaElement> key) =>
        string.Join(", ", key.Select(element => $"{element.AttributeName} {element.KeyType}"));
}
