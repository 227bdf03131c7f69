using System.Text.Json;
using ExtendDb.Ef.ServerTests.Protocol;

namespace ExtendDb.Ef.ServerTests.Streams;

/// <summary>The latest stream of a table, read by requests as they go over the wire.</summary>
internal sealed class WireStream
{
    private readonly HttpClient _http;

    private WireStream(HttpClient http, string table, string arn, IReadOnlyList<string> shards) =>
        (_http, TableName, Arn, ShardIds) = (http, table, arn, shards);

    public string TableName { get; }

    public string Arn { get; }

    /// <summary>Gets the ids of its shards.</summary>
    public IReadOnlyList<string> ShardIds { get; }

    /// <summary>Creates a table with the partition key <c>p</c>, a string, and a stream.</summary>
    public static async Task<WireStream> CreateAsync(HttpClient http, string viewType = "NEW_AND_OLD_IMAGES")
    {
        var table = $"wire_{Guid.NewGuid():N}";
        await OkAsync(http, "CreateTable", $$$$"""
            {"TableName":"{{{{table}}}}","KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST",
            "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],
            "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"{{{{viewType}}}}"} }
            """);
        return await OfAsync(http, table);
    }

    /// <summary>Finds the latest stream of a table.</summary>
    public static async Task<WireStream> OfAsync(HttpClient http, string table)
    {
        var described = (await OkAsync(http, "DescribeTable", $$"""{"TableName":"{{table}}"}""")).GetProperty("Table");
        var arn = described.GetProperty("LatestStreamArn").GetString()!;
        var stream = await OkAsync(http, "DescribeStream", $$"""{"StreamArn":"{{arn}}"}""");
        return new(http, table, arn, ShardsOf(stream));
    }

    /// <summary>Returns the ids of the shards that an answer of DescribeStream has.</summary>
    public static List<string> ShardsOf(JsonElement described) =>
    [
        .. described.GetProperty("StreamDescription").GetProperty("Shards").EnumerateArray()
            .Select(shard => shard.GetProperty("ShardId").GetString()!),
    ];

    public Task<JsonElement> PutAsync(string key, int n) => OkAsync(
        _http, "PutItem", $$$"""{"TableName":"{{{TableName}}}","Item":{"p":{"S":"{{{key}}}"},"n":{"N":"{{{n}}}"}} }""");

    public Task<JsonElement> DeleteAsync(string key) =>
        OkAsync(_http, "DeleteItem", $$$"""{"TableName":"{{{TableName}}}","Key":{"p":{"S":"{{{key}}}"}} }""");

    /// <summary>Lets the stream end.</summary>
    public async Task DisableAsync()
    {
        await OkAsync(_http, "UpdateTable", $$$"""{"TableName":"{{{TableName}}}","StreamSpecification":{"StreamEnabled":false} }""");
        await Waiting.ReadAsync(
            async () => (await DescribeAsync()).GetProperty("StreamDescription").GetProperty("StreamStatus").GetString(),
            status => status == "DISABLED");
    }

    /// <summary>Describes the stream with further members of the request, as <c>,"Limit":1</c>.</summary>
    public Task<JsonElement> DescribeAsync(string members = "") =>
        OkAsync(_http, "DescribeStream", $$"""{"StreamArn":"{{Arn}}"{{members}}}""");

    public async Task<string> IteratorAsync(string shard, string type, string? number = null)
    {
        var answer = await OkAsync(_http, "GetShardIterator", IteratorRequest(shard, type, number));
        return answer.GetProperty("ShardIterator").GetString()!;
    }

    public string IteratorRequest(string shard, string type, string? number = null)
    {
        var members = number is null ? "" : $",\"SequenceNumber\":\"{number}\"";
        return $$"""{"StreamArn":"{{Arn}}","ShardId":"{{shard}}","ShardIteratorType":"{{type}}"{{members}}}""";
    }

    /// <summary>Reads a page from a place.</summary>
    public Task<JsonElement> RecordsAsync(string iterator, int limit = 1_000) =>
        OkAsync(_http, "GetRecords", $$"""{"ShardIterator":"{{iterator}}","Limit":{{limit}}}""");

    /// <summary>Returns the records of all shards, shard by shard.</summary>
    public async Task<List<JsonElement>> AllAsync()
    {
        var records = new List<JsonElement>();
        foreach (var shard in ShardIds)
        {
            var page = await RecordsAsync(await IteratorAsync(shard, "TRIM_HORIZON"));
            records.AddRange(page.GetProperty("Records").EnumerateArray());
        }

        return records;
    }

    private static async Task<JsonElement> OkAsync(HttpClient http, string operation, string json)
    {
        var answer = await http.CallAsync(operation, json);
        return answer.Type is null
            ? answer.Json
            : throw new InvalidOperationException($"{operation} {json} gave {answer}");
    }
}
