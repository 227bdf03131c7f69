using System.Net;
using System.Text;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

public sealed class MalformedJsonTests(WireServer server) : IClassFixture<WireServer>
{
    private const string Serialization = "com.amazon.coral.service#SerializationException";

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{}}")]
    [InlineData("{}{}")]
    [InlineData("{} nothing")]
    [InlineData("{\"Limit\":1,}")]
    [InlineData("{,\"Limit\":1}")]
    [InlineData("{\"Limit\" 1}")]
    [InlineData("{\"Limit\":}")]
    [InlineData("{\"Limit\":01}")]
    [InlineData("{\"Limit\":+1}")]
    [InlineData("{\"Limit\":1.}")]
    [InlineData("{\"Limit\":.1}")]
    [InlineData("{\"Limit\":0x1}")]
    [InlineData("{\"Limit\":NaN}")]
    [InlineData("{\"Limit\":Infinity}")]
    [InlineData("{Limit:1}")]
    [InlineData("{'Limit':1}")]
    [InlineData("{\"Limit\":1 /* one */}")]
    [InlineData("{\"Limit\":1} // one")]
    [InlineData("{\"ExclusiveStartTableName\":\"a\nb\"}")]
    [InlineData("{\"ExclusiveStartTableName\":\"a\\x41\"}")]
    [InlineData("{\"ExclusiveStartTableName\":\"a\\u12\"}")]
    [InlineData("{\"ExclusiveStartTableName\":\"abc}")]
    [InlineData("{\"ExclusiveStartTableName\":undefined}")]
    [InlineData("Limit=1")]
    [InlineData("<ListTables/>")]
    [InlineData("\0")]
    public async Task Body_that_is_no_JSON_object_is_refused(string json)
    {
        var answer = await server.Http.CallAsync("ListTables", json);

        Expect(answer);
    }

    [Fact]
    public async Task Request_that_ends_at_any_of_its_bytes_is_refused()
    {
        var (operation, json) = (await GoodRequests.OfAsync(server.Http, await server.CreateTableAsync()))[0];
        var whole = Encoding.UTF8.GetBytes(json);

        for (var length = 0; length < whole.Length; length++)
        {
            var answer = await server.Http.CallAsync(operation, whole[..length]);

            Expect(answer, $"it ends after {length} bytes");
        }

        (await server.Http.CallAsync(operation, whole)).Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("{\"ExclusiveStartTableName\":\"abc\u0001\"}")]
    [InlineData("{\"ExclusiveStartTableName\":\"abc\\ud800\"}")]
    [InlineData("{\"ExclusiveStartTableName\":\"abc\\udc00\\ud800\"}")]
    [InlineData("{\"Unknown\\ud800\":1,\"ExclusiveStartTableName\":1}")]
    public async Task Text_that_is_no_Unicode_is_refused(string json)
    {
        var answer = await server.Http.CallAsync("ListTables", json);

        Expect(answer);
    }

    [Theory]
    [InlineData("""{"TableName":"TABLE","Item":{"p":{"S":"\ud800"}}}""")]
    [InlineData("""{"TableName":"TABLE","Item":{"p":{"S":"a"},"\ud800":{"S":"a"}}}""")]
    [InlineData("""{"TableName":"TABLE","Item":{"p":{"S":"a"},"s":{"SS":["\udfff"]}}}""")]
    [InlineData("""{"TableName":"TABLE","Item":{"p":{"S":"a"},"m":{"M":{"\udfff":{"N":"1"}}}}}""")]
    [InlineData("""{"TableName":"TABLE","Item":{"p":{"S":"a"}},"ConditionExpression":"\ud800"}""")]
    [InlineData("""{"TableName":"TABLE","Item":{"p":{"S":"a"}},"ExpressionAttributeNames":{"#\ud800":"a"}}""")]
    [InlineData("""{"TableName":"TABLE","Item":{"p":{"S":"a"}},"ExpressionAttributeNames":{"#a":"\ud800"}}""")]
    [InlineData("""{"TableName":"TABLE","Item":{"p":{"S":"a"}},"ExpressionAttributeValues":{":\ud800":{"S":"a"}}}""")]
    [InlineData("""{"TableName":"TABLE","Item":{"p":{"S":"a"}},"ReturnValues":"\ud800"}""")]
    public async Task Half_a_character_is_refused_wherever_it_stands(string json)
    {
        var table = await server.CreateTableAsync();

        var answer = await server.Http.CallAsync("PutItem", json.Replace("TABLE", table, StringComparison.Ordinal));

        Expect(answer);
    }

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xc3 })]
    [InlineData(new byte[] { 0xc0, 0xaf })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0xf4, 0x90, 0x80, 0x80 })]
    public async Task Bytes_that_are_no_UTF_8_are_refused_in_names_and_values(byte[] bytes)
    {
        var table = await server.CreateTableAsync();
        byte[] name = [.. Utf8($$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"},"b"""), .. bytes, .. "\":{\"S\":\"a\"}}}"u8];
        byte[] value = [.. Utf8($$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"""), .. bytes, .. "\"}}}"u8];
        byte[] member = [.. Utf8($$$"""{"TableName":"{{{table}}}"""), .. bytes, .. "\",\"Item\":{\"p\":{\"S\":\"a\"}}}"u8];

        foreach (var body in new[] { name, value, member })
        {
            Expect(await server.Http.CallAsync("PutItem", body));
        }
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    public async Task Other_encodings_of_text_are_refused(string encoding)
    {
        var answer = await server.Http.CallAsync("ListTables", Encoding.GetEncoding(encoding).GetBytes("{}"));

        Expect(answer);
    }

    [Fact]
    public async Task Byte_order_mark_is_refused()
    {
        var answer = await server.Http.CallAsync("ListTables", [0xef, 0xbb, 0xbf, .. "{}"u8]);

        Expect(answer);
    }

    [Theory]
    [InlineData("""{"Limit":1,"Limit":1}""")]
    [InlineData("""{"Limit":1,"Limit":null}""")]
    [InlineData("""{"Limit":1,"\u004cimit":2}""")]
    public async Task Member_that_is_given_twice_is_refused(string json)
    {
        var answer = await server.Http.CallAsync("ListTables", json);

        Expect(answer);
    }

    [Theory]
    [InlineData("""{"TableName":"T","Item":{"p":{"S":"a"},"p":{"S":"b"}}}""")]
    [InlineData("""{"TableName":"T","Item":{"p":{"S":"a"},"m":{"M":{"x":{"S":"a"},"x":{"S":"a"}}}}}""")]
    [InlineData("""{"TableName":"T","Item":{"p":{"S":"a"}},"ExpressionAttributeNames":{"#a":"a","#a":"b"}}""")]
    [InlineData("""{"TableName":"T","Item":{"p":{"S":"a"}},"ExpressionAttributeValues":{":a":{"S":"a"},":a":{"S":"a"}}}""")]
    [InlineData("""{"TableName":"T","Item":{"p":{"S":"a"}},"Expected":{"a":{"Exists":false},"a":{"Exists":false}}}""")]
    public async Task Key_that_is_given_twice_is_refused(string json)
    {
        var answer = await server.Http.CallAsync("PutItem", json);

        Expect(answer);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public async Task Deep_nesting_is_refused_wherever_it_stands(int levels)
    {
        var maps = Nested("{\"M\":{\"a\":", "{\"S\":\"a\"}", "}}", levels);
        var lists = Nested("{\"L\":[", "{\"S\":\"a\"}", "]}", levels);
        var arrays = Nested("[", "1", "]", levels);

        foreach (var json in new[]
        {
            $$$"""{"TableName":"any","Item":{"p":{{{maps}}} }}""",
            $$$"""{"TableName":"any","Item":{"p":{{{lists}}} }}""",
            $$$"""{"TableName":"any","Item":{"p":{"S":{{{arrays}}} }} }""",
            $$$"""{"TableName":"any","Item":{"p":{"S":"a"}},"Expected":{{{arrays}}} }""",
            $$$"""{"TableName":{{{arrays}}},"Item":{"p":{"S":"a"}} }""",
        })
        {
            var answer = await server.Http.CallAsync("PutItem", json);

            answer.Status.Should().Be(HttpStatusCode.BadRequest);
            answer.Type.Should().NotBeNull();
        }
    }

    [Fact]
    public async Task Deep_nesting_is_refused_in_a_member_that_is_not_known()
    {
        var answer = await server.Http.CallAsync("ListTables", $$$"""{"Unknown":{{{Nested("[", "1", "]", 100_000)}}} }""");

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
    }

    private static string Nested(string open, string inside, string close, int levels) => new StringBuilder()
        .Insert(0, open, levels).Append(inside).Append(new StringBuilder().Insert(0, close, levels)).ToString();

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static void Expect(WireAnswer answer, string because = "")
    {
        answer.Status.Should().Be(HttpStatusCode.BadRequest, because);
        answer.Type.Should().Be(Serialization, because);
        answer.Message.Should().NotBeNullOrEmpty();
    }
}
