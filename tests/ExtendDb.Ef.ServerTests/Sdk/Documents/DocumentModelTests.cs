using Amazon.DynamoDBv2.DocumentModel;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Sdk.Documents;

/// <summary>The SDK's document model, which learns the keys of a table from DescribeTable.</summary>
public sealed class DocumentModelTests(WireServer server) : IClassFixture<WireServer>
{
    [Fact]
    public async Task A_table_is_loaded_with_its_keys_and_indexes()
    {
        var table = await LoadAsync();

        table.HashKeys.Should().Equal("Id");
        table.RangeKeys.Should().Equal("Sort");
        table.Keys["Sort"].Type.Should().Be(DynamoDBEntryType.Numeric);
        table.GlobalSecondaryIndexNames.Should().Equal("by-year");
        table.LocalSecondaryIndexNames.Should().Equal("by-name");
    }

    [Fact]
    public async Task A_document_is_put_got_and_deleted()
    {
        var table = await LoadAsync();
        var document = New(1);
        document["Tags"] = new List<string> { "a", "b" };
        document["Nested"] = Document.FromJson("""{"list":[1,"two",{"three":true}],"none":null}""");

        await table.PutItemAsync(document);
        var read = await table.GetItemAsync("1", 1);
        await table.DeleteItemAsync("1", 1);

        read["Tags"].AsListOfString().Should().BeEquivalentTo("a", "b");
        read["Nested"].AsDocument().ToJson().Should().Be("""{"list":[1,"two",{"three":true}],"none":null}""");
        (await table.GetItemAsync("1", 1)).Should().BeNull();
    }

    [Fact]
    public async Task A_document_is_updated_in_what_it_changes_and_returned()
    {
        var table = await LoadAsync();
        await table.PutItemAsync(New(1));

        var updated = await table.UpdateItemAsync(
            new Document { ["Name"] = "other" }, "1", 1, new UpdateItemOperationConfig { ReturnValues = ReturnValues.AllNewAttributes });

        updated["Name"].AsString().Should().Be("other");
        updated["Year"].AsInt().Should().Be(2001);
    }

    [Fact]
    public async Task A_false_condition_refuses_a_put()
    {
        var table = await LoadAsync();
        await table.PutItemAsync(New(1));

        var putting = () => table.PutItemAsync(New(1), new PutItemOperationConfig
        {
            ConditionalExpression = new Expression { ExpressionStatement = "attribute_not_exists(Id)" },
        });

        await putting.Should().ThrowExactlyAsync<Amazon.DynamoDBv2.Model.ConditionalCheckFailedException>();
    }

    [Fact]
    public async Task A_query_by_filter_reads_all_pages()
    {
        var table = await FilledAsync();

        var search = table.Query(new QueryOperationConfig
        {
            Filter = new QueryFilter("Id", QueryOperator.Equal, "1"),
            Limit = 2,
            BackwardSearch = true,
        });

        (await search.GetRemainingAsync()).Select(document => document["Sort"].AsInt()).Should().Equal(5, 4, 3, 2, 1);
    }

    [Fact]
    public async Task A_query_goes_on_from_its_pagination_token()
    {
        var table = await FilledAsync();
        var first = table.Query(Next(token: null));
        var read = await first.GetNextSetAsync();

        var second = table.Query(Next(first.PaginationToken));

        read.Select(document => document["Sort"].AsInt()).Should().Equal(1, 2);
        (await second.GetNextSetAsync()).Select(document => document["Sort"].AsInt()).Should().Equal(3, 4);
    }

    [Fact]
    public async Task A_query_of_an_index_finds_its_documents()
    {
        var table = await FilledAsync();

        var found = await Waiting.ReadAsync(
            () => table.Query(new QueryOperationConfig
            {
                IndexName = "by-year",
                Filter = new QueryFilter("Year", QueryOperator.Equal, 2003),
            }).GetRemainingAsync(),
            documents => documents.Count > 0);

        found.Should().ContainSingle().Which["Sort"].AsInt().Should().Be(3);
    }

    [Fact]
    public async Task A_scan_filters_and_counts()
    {
        var table = await FilledAsync();

        var search = table.Scan(new ScanOperationConfig
        {
            FilterExpression = new Expression
            {
                ExpressionStatement = "#y > :y",
                ExpressionAttributeNames = new() { ["#y"] = "Year" },
                ExpressionAttributeValues = new() { [":y"] = 2003 },
            },
            Select = SelectValues.Count,
        });

        search.Count.Should().Be(2);
        (await search.GetRemainingAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_batch_writes_deletes_and_gets()
    {
        var table = await FilledAsync();
        var write = table.CreateBatchWrite();
        write.AddDocumentToPut(New(6));
        write.AddKeyToDelete("1", 1);

        await write.ExecuteAsync();

        var get = table.CreateBatchGet();
        get.AddKey("1", 1);
        get.AddKey("1", 6);
        await get.ExecuteAsync();
        get.Results.Should().ContainSingle().Which["Sort"].AsInt().Should().Be(6);
    }

    [Fact]
    public async Task A_transaction_writes_together_and_reads_together()
    {
        var table = await FilledAsync();
        var write = table.CreateTransactWrite();
        write.AddDocumentToPut(New(6));
        write.AddDocumentToUpdate(new Document { ["Id"] = "1", ["Sort"] = 2, ["Name"] = "changed" });
        write.AddKeyToDelete("1", 1);

        await write.ExecuteAsync();

        var get = table.CreateTransactGet();
        get.AddKey("1", 6);
        get.AddKey("1", 2);
        await get.ExecuteAsync();
        get.Results.Select(document => document["Name"].AsString()).Should().Equal("name 6", "changed");
        (await table.GetItemAsync("1", 1)).Should().BeNull();
    }

    [Fact]
    public async Task A_cancelled_transaction_gives_the_document_that_stood_in_its_way()
    {
        var table = await FilledAsync();
        var write = table.CreateTransactWrite();
        write.AddDocumentToPut(New(1), new TransactWriteItemOperationConfig
        {
            ConditionalExpression = new Expression { ExpressionStatement = "attribute_not_exists(Id)" },
            ReturnValuesOnConditionCheckFailure = Amazon.DynamoDBv2.DocumentModel.ReturnValuesOnConditionCheckFailure.AllOldAttributes,
        });

        var writing = () => write.ExecuteAsync();

        await writing.Should().ThrowExactlyAsync<Amazon.DynamoDBv2.Model.TransactionCanceledException>();
        write.ConditionCheckFailedItems.Should().ContainSingle().Which["Name"].AsString().Should().Be("name 1");
    }

    private static QueryOperationConfig Next(string? token) => new()
    {
        Filter = new QueryFilter("Id", QueryOperator.Equal, "1"),
        Limit = 2,
        PaginationToken = token,
    };

    private static Document New(int sort) => new()
    {
        ["Id"] = "1",
        ["Sort"] = sort,
        ["Year"] = 2000 + sort,
        ["Name"] = $"name {sort}",
    };

    private async Task<ITable> FilledAsync()
    {
        var table = await LoadAsync();
        for (var i = 1; i <= 5; i++)
        {
            await table.PutItemAsync(New(i));
        }

        return table;
    }

    private async Task<ITable> LoadAsync()
    {
        var name = await TableSpec.Of("Id:S Sort:N")
            .WithGlobal("by-year", "Year:N").WithLocal("by-name", "Id:S Name:S").CreateAsync(server.Client);
#pragma warning disable CS0618 // It is what programs call that know nothing of the keys; TableBuilder is told them.
        return Table.LoadTable(server.Client, new TableConfig(name));
#pragma warning restore CS0618
    }
}
