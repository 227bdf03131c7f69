using System.Net;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

public sealed class MemberTypeTests(WireServer server) : IClassFixture<WireServer>
{
    private const string Structure = "Start of structure or map found where not expected";
    private const string List = "Start of list found where not expected";

    [Theory]
    [InlineData("\"TableName\":1", "NUMBER_VALUE cannot be converted to String")]
    [InlineData("\"TableName\":true", "TRUE_VALUE cannot be converted to String")]
    [InlineData("\"TableName\":{}", Structure)]
    [InlineData("\"TableName\":[]", List)]
    [InlineData("\"ReturnConsumedCapacity\":1", "NUMBER_VALUE cannot be converted to String")]
    [InlineData("\"ReturnConsumedCapacity\":false", "FALSE_VALUE cannot be converted to String")]
    [InlineData("\"ReturnConsumedCapacity\":[]", List)]
    [InlineData("\"ConsistentRead\":\"true\"", "STRING_VALUE cannot be converted to Boolean")]
    [InlineData("\"ConsistentRead\":1", "NUMBER_VALUE cannot be converted to Boolean")]
    [InlineData("\"ConsistentRead\":{}", Structure)]
    [InlineData("\"Limit\":\"1\"", "STRING_VALUE cannot be converted to Integer")]
    [InlineData("\"Limit\":true", "TRUE_VALUE cannot be converted to Integer")]
    [InlineData("\"Limit\":[]", List)]
    [InlineData("\"ExclusiveStartKey\":\"p\"", "Unexpected field type")]
    [InlineData("\"ExclusiveStartKey\":[]", List)]
    [InlineData("\"ExclusiveStartKey\":{\"p\":\"a\"}", "Unexpected value type in payload")]
    [InlineData("\"ExclusiveStartKey\":{\"p\":[]}", List)]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"S\":1}}", "NUMBER_VALUE cannot be converted to String")]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"N\":1}}", "NUMBER_VALUE cannot be converted to String")]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"BOOL\":\"true\"}}", "STRING_VALUE cannot be converted to Boolean")]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"NULL\":\"true\"}}", "STRING_VALUE cannot be converted to Boolean")]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"B\":1}}", "only base-64-encoded strings are convertible to bytes")]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"L\":{}}}", Structure)]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"L\":\"a\"}}", "Unexpected field type")]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"M\":[]}}", List)]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"M\":\"a\"}}", "Unexpected field type")]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"SS\":\"a\"}}", "Unexpected field type")]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"SS\":[1]}}", "NUMBER_VALUE cannot be converted to String")]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"NS\":[1]}}", "NUMBER_VALUE cannot be converted to String")]
    [InlineData("\"ExclusiveStartKey\":{\"p\":{\"BS\":[1]}}", "only base-64-encoded strings are convertible to bytes")]
    [InlineData("\"ExpressionAttributeNames\":{\"#a\":1}", "NUMBER_VALUE cannot be converted to String")]
    [InlineData("\"ExpressionAttributeValues\":{\":a\":\"b\"}", "Unexpected value type in payload")]
    [InlineData("\"ScanFilter\":{\"a\":{\"ComparisonOperator\":1}}", "NUMBER_VALUE cannot be converted to String")]
    public async Task Wrong_type_is_refused_in_the_words_of_its_member(string member, string message)
    {
        var answer = await server.Http.CallAsync("Scan", $"{{{member}}}");

        Expect(answer);
        answer.Message.Should().Be(message);
    }

    [Theory]
    [InlineData("\"AttributesToGet\":\"a\"")]
    [InlineData("\"AttributesToGet\":{}")]
    [InlineData("\"AttributesToGet\":[1]")]
    [InlineData("\"ExpressionAttributeNames\":\"a\"")]
    [InlineData("\"ExpressionAttributeNames\":[]")]
    [InlineData("\"ExpressionAttributeValues\":[]")]
    [InlineData("\"ScanFilter\":\"a\"")]
    [InlineData("\"ScanFilter\":[]")]
    [InlineData("\"ScanFilter\":{\"a\":1}")]
    [InlineData("\"ScanFilter\":{\"a\":[]}")]
    [InlineData("\"ScanFilter\":{\"a\":{\"AttributeValueList\":{}}}")]
    [InlineData("\"ScanFilter\":{\"a\":{\"AttributeValueList\":[1]}}")]
    public async Task Wrong_type_of_a_list_or_a_map_is_refused(string member)
    {
        var answer = await server.Http.CallAsync("Scan", $"{{{member}}}");

        Expect(answer);
        answer.Message.Should().NotContain("System.");
    }

    [Theory]
    [InlineData("TransactWriteItems", """{"TransactItems":{}}""")]
    [InlineData("TransactWriteItems", """{"TransactItems":[1]}""")]
    [InlineData("TransactWriteItems", """{"TransactItems":[{"Put":[]}]}""")]
    [InlineData("BatchGetItem", """{"RequestItems":[]}""")]
    [InlineData("BatchGetItem", """{"RequestItems":{"any":[]}}""")]
    [InlineData("BatchWriteItem", """{"RequestItems":{"any":{}}}""")]
    [InlineData("BatchWriteItem", """{"RequestItems":{"any":[1]}}""")]
    public async Task Wrong_type_inside_a_batch_is_refused(string operation, string json)
    {
        var answer = await server.Http.CallAsync(operation, json);

        Expect(answer);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AQ")]
    [InlineData("AQ=")]
    [InlineData("=AQ=")]
    [InlineData("AQ==AQ==")]
    [InlineData("A-_=")]
    [InlineData("ä===")]
    public async Task Malformed_base64_is_refused(string base64)
    {
        var answer = await server.Http.CallAsync(
            "PutItem", $$$"""{"TableName":"any","Item":{"p":{"B":"{{{base64}}}"}} }""");

        Expect(answer);
    }

    [Theory]
    [InlineData("null", 200)]
    [InlineData("1.9", 200)]
    [InlineData("1e0", 200)]
    [InlineData("101", 400)]
    [InlineData("2147483648", 400)]
    [InlineData("-99999999999999999999999999999999", 400)]
    [InlineData("1e400", 400)]
    [InlineData("-1e400", 400)]
    [InlineData("1e-400", 400)]
    public async Task Numbers_of_any_size_are_read_as_the_nearest_whole_one(string limit, int status)
    {
        var answer = await server.Http.CallAsync("ListTables", $$$"""{"Limit":{{{limit}}} }""");

        ((int)answer.Status).Should().Be(status);
        (answer.Type ?? "ValidationException").Should().EndWith("ValidationException");
    }

    [Fact]
    public async Task Number_of_a_million_digits_is_refused_soon()
    {
        var digits = new string('9', 1_000_000);

        foreach (var number in new[] { digits, $"0.1{digits}", $"1e{digits}", $"-1e-{digits}" })
        {
            var answer = await server.Http.CallAsync(
                "PutItem", $$$"""{"TableName":"any","Item":{"p":{"N":"{{{number}}}"}} }""").WaitAsync(TimeSpan.FromSeconds(10));
            var limit = await server.Http.CallAsync("ListTables", $$$"""{"Limit":{{{number}}} }""").WaitAsync(TimeSpan.FromSeconds(10));

            answer.Status.Should().Be(HttpStatusCode.BadRequest);
            limit.Status.Should().Be(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Unknown_members_are_ignored_at_every_depth()
    {
        var table = await server.CreateTableAsync();

        var answer = await server.Http.CallAsync("PutItem", $$$"""
            {"TableName":"{{{table}}}","Later":{"Item":[1,{"a":null}]},"Item":{"p":{"S":"a","Z":{"S":"b"}} },
            "Expected":{"x":{"Exists":false,"More":[[]]}} }
            """);

        answer.ToString().Should().Be("200 {}");
    }

    [Fact]
    public async Task Members_that_are_null_are_not_given()
    {
        var table = await server.CreateTableAsync();

        var answer = await server.Http.CallAsync("PutItem", $$$"""
            {"TableName":"{{{table}}}","Item":{"p":{"S":"a","N":null}},"ConditionExpression":null,"Expected":null,
            "ConditionalOperator":null,"ExpressionAttributeNames":null,"ExpressionAttributeValues":null,"ReturnValues":null,
            "ReturnConsumedCapacity":null,"ReturnItemCollectionMetrics":null,"ReturnValuesOnConditionCheckFailure":null}
            """);

        answer.ToString().Should().Be("200 {}");
    }

    [Theory]
    [InlineData("Scan", """{"TableName":"TABLE","ScanFilter":{"a":{"ComparisonOperator":"EQ","AttributeValueList":[null]}}}""")]
    [InlineData("Scan", """{"TableName":"TABLE","ScanFilter":{"a":null}}""")]
    [InlineData("Scan", """{"TableName":"TABLE","FilterExpression":"a = :a","ExpressionAttributeValues":{":a":null}}""")]
    [InlineData("Scan", """{"TableName":"TABLE","ProjectionExpression":"#a","ExpressionAttributeNames":{"#a":null}}""")]
    [InlineData("PutItem", """{"TableName":"TABLE","Item":{"p":null}}""")]
    [InlineData("PutItem", """{"TableName":"TABLE","Item":{"p":{"S":"a"},"l":{"L":[null]}}}""")]
    [InlineData("PutItem", """{"TableName":"TABLE","Item":{"p":{"S":"a"}},"Expected":{"a":null}}""")]
    [InlineData("UpdateItem", """{"TableName":"TABLE","Key":{"p":{"S":"a"}},"AttributeUpdates":{"a":null}}""")]
    [InlineData("BatchGetItem", """{"RequestItems":{"TABLE":null}}""")]
    [InlineData("BatchGetItem", """{"RequestItems":{"TABLE":{"Keys":null}}}""")]
    [InlineData("BatchGetItem", """{"RequestItems":{"TABLE":{"Keys":[null]}}}""")]
    [InlineData("BatchWriteItem", """{"RequestItems":{"TABLE":null}}""")]
    [InlineData("BatchWriteItem", """{"RequestItems":{"TABLE":[null]}}""")]
    [InlineData("BatchWriteItem", """{"RequestItems":{"TABLE":[{"PutRequest":{"Item":null}}]}}""")]
    [InlineData("TransactGetItems", """{"TransactItems":[null]}""")]
    [InlineData("TransactGetItems", """{"TransactItems":[{"Get":null}]}""")]
    [InlineData("TransactWriteItems", """{"TransactItems":[null]}""")]
    [InlineData("TransactWriteItems", """{"TransactItems":[{"Put":{"TableName":null,"Item":null}}]}""")]
    [InlineData("Query", """{"TableName":"TABLE","KeyConditions":{"p":null}}""")]
    [InlineData("Query", """{"TableName":"TABLE","KeyConditions":{"p":{"ComparisonOperator":"EQ","AttributeValueList":[null]}}}""")]
    public async Task Null_where_something_has_to_be_is_refused(string operation, string json)
    {
        var table = await server.CreateTableAsync();

        var answer = await server.Http.CallAsync(operation, json.Replace("TABLE", table, StringComparison.Ordinal));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Type.Should().MatchRegex("#(ValidationException|SerializationException)$");
    }

    private static void Expect(WireAnswer answer)
    {
        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Type.Should().Be("com.amazon.coral.service#SerializationException");
        answer.Message.Should().NotBeNullOrEmpty();
    }
}
