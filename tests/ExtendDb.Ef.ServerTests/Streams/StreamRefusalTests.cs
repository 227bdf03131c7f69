using System.Net;
using ExtendDb.Ef.ServerTests.Protocol;
using ExtendDb.Ef.Streams;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Streams;

/// <summary>Which errors the operations on streams answer.</summary>
public sealed class StreamRefusalTests(WireServer server) : IClassFixture<WireServer>
{
    private const string OfDynamoDb = "com.amazonaws.dynamodb.v20120810#";
    private const string OfValidation = "com.amazon.coral.validate#ValidationException";

    [Theory]
    [InlineData("DescribeStream", """{"StreamArn":"x"}""", "Requested resource not found: Stream: x not found")]
    [InlineData(
        "GetShardIterator", """{"StreamArn":"x","ShardId":"x","ShardIteratorType":"LATEST"}""", "Stream does not exist")]
    public async Task Stream_that_is_not_there_is_not_found(string operation, string json, string message)
    {
        var answer = await server.Http.CallAsync(operation, json);

        Expect(answer, OfDynamoDb + "ResourceNotFoundException", message);
    }

    [Theory]
    [InlineData("""\u0000""")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("arn:aws:dynamodb:local:000000000000:table/a/stream/b")]
    public async Task Name_that_no_table_can_have_has_no_streams(string name)
    {
        var answer = await server.Http.CallAsync("ListStreams", $$"""{"TableName":"{{name}}"}""");

        answer.ToString().Should().Be("""200 {"Streams":[]}""");
    }

    [Theory]
    [InlineData("DescribeStream", """{"StreamArn":"arn:aws:dynamodb:local:000000000000:table/a\u0000b/stream/c"}""")]
    [InlineData(
        "GetShardIterator",
        """{"StreamArn":"arn:aws:dynamodb:local:000000000000:table/abc/stream/\u0000","ShardId":"\u0000","ShardIteratorType":"LATEST"}""")]
    public async Task Stream_whose_ARN_holds_what_PostgreSQL_refuses_is_not_found(string operation, string json)
    {
        var answer = await server.Http.CallAsync(operation, json);

        answer.Type.Should().Be(OfDynamoDb + "ResourceNotFoundException");
    }

    [Theory]
    [InlineData("ListStreams", """{"Limit":101}""", "Limit cannot be greater than the maximum allowed size: 100")]
    [InlineData("GetRecords", """{"ShardIterator":"x","Limit":1001}""", "Limit should be less than or equal to 1000")]
    public async Task Limit_that_is_too_large_is_refused(string operation, string json, string message)
    {
        var answer = await server.Http.CallAsync(operation, json);

        Expect(answer, OfValidation, "One or more parameter values were invalid: " + message);
    }

    [Theory]
    [InlineData("""{"StreamArn":"a","Limit":"1"}""", "STRING_VALUE cannot be converted to Integer")]
    [InlineData("""{"StreamArn":1}""", "NUMBER_VALUE cannot be converted to String")]
    public async Task Wrong_type_is_refused_in_the_words_of_its_member(string json, string message)
    {
        var answer = await server.Http.CallAsync("DescribeStream", json);

        Expect(answer, "com.amazon.coral.service#SerializationException", message);
    }

    [Fact]
    public async Task Unknown_iterator_type_is_shown_with_the_known_ones()
    {
        var stream = await WireStream.CreateAsync(server.Http);

        var answer = await server.Http.CallAsync("GetShardIterator", stream.IteratorRequest(stream.ShardIds[0], "FIRST"));

        Expect(
            answer,
            OfValidation,
            "1 validation error detected: Value 'FIRST' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy "
            + "enum value set: [AFTER_SEQUENCE_NUMBER, AT_SEQUENCE_NUMBER, LATEST, TRIM_HORIZON]");
    }

    [Fact]
    public async Task Iterator_of_more_than_15_minutes_ago_has_expired()
    {
        var stream = await WireStream.CreateAsync(server.Http);
        var iterator = ShardIterator.Parse(await stream.IteratorAsync(stream.ShardIds[0], "LATEST"), DateTimeOffset.UtcNow);
        var old = iterator with { CreatedAt = iterator.CreatedAt.AddMinutes(-16) };

        var answer = await server.Http.CallAsync("GetRecords", $$"""{"ShardIterator":"{{old}}"}""");

        answer.Type.Should().Be(OfDynamoDb + "ExpiredIteratorException");
        answer.Message.Should().StartWith($"Iterator expired. The iterator was created at time {old.CreatedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}");
    }

    [Fact]
    public async Task Place_whose_records_are_trimmed_is_refused()
    {
        await using var trimming = await WireServer.StartAsync(
            server.ConnectionString, keys: null, builder => builder.Configuration["ExtendDb:Streams:TrimInterval"] = "00:00:00.100");
        using var http = new HttpClient { BaseAddress = new(trimming.Urls.First()) };
        var stream = await WireStream.CreateAsync(http);
        await stream.PutAsync("a", 1);
        await stream.PutAsync("a", 2);
        var shard = await ShardOfFirstAsync(stream);
        var behindFirst = await stream.IteratorAsync(shard, "AFTER_SEQUENCE_NUMBER", "000000000000000000001");
        await AgeAsync(stream);

        var answer = await Waiting.ReadAsync(
            () => http.CallAsync("GetRecords", $$"""{"ShardIterator":"{{behindFirst}}"}"""), read => read.Type is not null);
        var at = await http.CallAsync(
            "GetShardIterator", stream.IteratorRequest(shard, "AT_SEQUENCE_NUMBER", "000000000000000000001"));

        Expect(
            answer,
            OfDynamoDb + "TrimmedDataAccessException",
            "The operation attempted to read past the oldest stream record in a shard.");
        at.Type.Should().Be(answer.Type);
    }

    private static async Task<string> ShardOfFirstAsync(WireStream stream)
    {
        foreach (var shard in stream.ShardIds)
        {
            var page = await stream.RecordsAsync(await stream.IteratorAsync(shard, "TRIM_HORIZON"));
            if (page.GetProperty("Records").GetArrayLength() > 0)
            {
                return shard;
            }
        }

        throw new InvalidOperationException("There is no record.");
    }

    private static void Expect(WireAnswer answer, string type, string message)
    {
        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Type.Should().Be(type);
        answer.Message.Should().Be(message);
    }

    private async Task AgeAsync(WireStream stream)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var age = new NpgsqlCommand(
            """
            UPDATE extenddb.stream_records SET created_at = created_at - interval '25 hours'
            WHERE stream_id = (SELECT id FROM extenddb.streams WHERE table_name = $1)
            """,
            connection)
        {
            Parameters = { new() { Value = stream.TableName } },
        };
        await age.ExecuteNonQueryAsync();
    }
}
