using System.Net;
using System.Text.Json;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

/// <summary>The good requests, which name their table by an ARN.</summary>
public sealed class TableByArnTests(WireServer server) : IClassFixture<WireServer>
{
    [Fact]
    public async Task Every_operation_answers_a_table_named_by_an_ARN_as_one_named_by_its_name()
    {
        var (named, pointed) = (await server.CreateTableAsync(), await server.CreateTableAsync());

        var requests = await GoodRequests.OfAsync(server.Http, pointed);
        foreach (var ((operation, byName), (_, json)) in (await GoodRequests.OfAsync(server.Http, named)).Zip(requests))
        {
            var expected = await server.Http.CallAsync(operation, byName);
            var answer = await server.Http.CallAsync(operation, json
                .Replace($"\"{pointed}\"", $"\"{ArnOf(pointed)}\"", StringComparison.Ordinal)
                .Replace($"\"{pointed}.more\"", $"\"{ArnOf(pointed)}.more\"", StringComparison.Ordinal)
                .Replace($"\"not.{pointed}\"", $"\"{ArnOf("not." + pointed)}\"", StringComparison.Ordinal));

            answer.Status.Should().Be(expected.Status, $"{operation} {json} answers {answer}");
            answer.Type.Should().Be(expected.Type);
            if (answer.Type is not null)
            {
                answer.Message!.Replace(pointed, named, StringComparison.Ordinal).Should().Be(expected.Message);
            }
        }
    }

    [Fact]
    public async Task Batches_answer_under_the_ARN_of_the_request()
    {
        var arn = ArnOf(await server.CreateTableAsync());
        await server.Http.CallAsync("BatchWriteItem", $$$$"""
            {"RequestItems":{"{{{{arn}}}}":[{"PutRequest":{"Item":{"p":{"S":"a"} } } }]}}
            """);

        var read = await server.Http.CallAsync("BatchGetItem", $$$$"""
            {"RequestItems":{"{{{{arn}}}}":{"Keys":[{"p":{"S":"a"} }]} },"ReturnConsumedCapacity":"TOTAL"}
            """);

        read.Json.GetProperty("Responses").GetProperty(arn).GetArrayLength().Should().Be(1);
        read.Json.GetProperty("ConsumedCapacity")[0].GetProperty("TableName").GetString().Should().Be(arn);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"ab\"")]
    [InlineData("\"b@d\"")]
    [InlineData("\"arn:aws:dynamodb:us-east-1:123456789012:table/Files\"")]
    public async Task List_of_tables_behind_what_is_no_name_is_refused(string start)
    {
        var answer = await server.Http.CallAsync("ListTables", $$"""{"ExclusiveStartTableName":{{start}}}""");

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Type.Should().Be("com.amazon.coral.validate#ValidationException");
        answer.Message.Should().Contain($"Value '{JsonSerializer.Deserialize<string>(start)}' at 'exclusiveStartTableName'");
    }

    private static string ArnOf(string table) => $"arn:aws:dynamodb:us-east-1:123456789012:table/{table}";
}
