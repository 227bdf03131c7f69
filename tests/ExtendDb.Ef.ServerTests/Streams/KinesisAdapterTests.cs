using System.Text.Json;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Streams;

/// <summary>The calls of the Kinesis adapter for DynamoDB Streams, in its order. Source: dynamodb-streams-kinesis-adapter.</summary>
public sealed class KinesisAdapterTests(WireServer server) : IClassFixture<WireServer>
{
    private const int Items = 40;

    [Fact]
    public async Task Shards_are_listed_in_pages_until_there_is_no_last_one()
    {
        var stream = await WireStream.CreateAsync(server.Http);
        var found = new List<string>();
        var pages = 0;

        for (string? last = ""; last is not null; pages++)
        {
            var page = await stream.DescribeAsync(
                ",\"Limit\":3" + (last.Length == 0 ? "" : $",\"ExclusiveStartShardId\":\"{last}\""));
            found.AddRange(WireStream.ShardsOf(page));
            last = page.GetProperty("StreamDescription").TryGetProperty("LastEvaluatedShardId", out var id) ? id.GetString() : null;
        }

        pages.Should().Be(2);
        found.Should().Equal(stream.ShardIds).And.HaveCount(4).And.BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Worker_reads_from_TRIM_HORIZON_and_resumes_behind_its_checkpoints()
    {
        var stream = await WireStream.CreateAsync(server.Http);
        var checkpoints = new Dictionary<string, string>();
        await PutAsync(stream, 1);
        var first = await WorkAsync(stream, checkpoints);
        await PutAsync(stream, 2);

        var second = await WorkAsync(stream, checkpoints);

        first.Should().HaveCount(Items).And.OnlyContain(change => Value(change) == "1");
        second.Should().HaveCount(Items).And.OnlyContain(change => Value(change) == "2");
    }

    [Fact]
    public async Task Worker_ends_a_shard_that_is_closed_once_all_its_records_are_read()
    {
        var stream = await WireStream.CreateAsync(server.Http);
        await PutAsync(stream, 1);
        await stream.DisableAsync();
        var ranges = (await stream.DescribeAsync()).GetProperty("StreamDescription").GetProperty("Shards").EnumerateArray()
            .ToDictionary(shard => shard.GetProperty("ShardId").GetString()!, shard => shard.GetProperty("SequenceNumberRange"));
        var read = 0;

        foreach (var shard in stream.ShardIds)
        {
            var last = "";
            for (string? iterator = await stream.IteratorAsync(shard, "TRIM_HORIZON"); iterator is not null;)
            {
                var page = await stream.RecordsAsync(iterator, limit: 3);
                foreach (var record in page.GetProperty("Records").EnumerateArray())
                {
                    last = Number(record);
                    read++;
                }

                iterator = Next(page);
            }

            last.Should().Be(ranges[shard].GetProperty("EndingSequenceNumber").GetString());
        }

        read.Should().Be(Items);
    }

    [Fact]
    public async Task Worker_that_begins_at_LATEST_reads_what_comes_then()
    {
        var stream = await WireStream.CreateAsync(server.Http);
        await PutAsync(stream, 1);
        var iterators = new List<string>();
        foreach (var shard in stream.ShardIds)
        {
            iterators.Add(await stream.IteratorAsync(shard, "LATEST"));
        }

        await PutAsync(stream, 2);

        var values = new List<string>();
        foreach (var iterator in iterators)
        {
            values.AddRange((await stream.RecordsAsync(iterator)).GetProperty("Records").EnumerateArray().Select(Value));
        }

        values.Should().HaveCount(Items).And.OnlyContain(value => value == "2");
    }

    /// <summary>Reads each shard until a page is empty, and notes the number of the last record.</summary>
    private static async Task<List<JsonElement>> WorkAsync(WireStream stream, Dictionary<string, string> checkpoints)
    {
        var records = new List<JsonElement>();
        foreach (var shard in stream.ShardIds)
        {
            string? iterator = checkpoints.TryGetValue(shard, out var number)
                ? await stream.IteratorAsync(shard, "AFTER_SEQUENCE_NUMBER", number)
                : await stream.IteratorAsync(shard, "TRIM_HORIZON");
            List<JsonElement> some;
            do
            {
                var page = await stream.RecordsAsync(iterator!);
                some = [.. page.GetProperty("Records").EnumerateArray()];
                records.AddRange(some);
                if (some.Count > 0)
                {
                    checkpoints[shard] = Number(some[^1]);
                }

                iterator = Next(page);
            }
            while (some.Count > 0);

            iterator.Should().NotBeNull("the shard is open");
        }

        return records;
    }

    private static async Task PutAsync(WireStream stream, int n)
    {
        for (var i = 0; i < Items; i++)
        {
            await stream.PutAsync($"item {i}", n);
        }
    }

    private static string? Next(JsonElement page) =>
        page.TryGetProperty("NextShardIterator", out var next) ? next.GetString() : null;

    private static string Number(JsonElement record) => record.GetProperty("dynamodb").GetProperty("SequenceNumber").GetString()!;

    private static string Value(JsonElement record) =>
        record.GetProperty("dynamodb").GetProperty("NewImage").GetProperty("n").GetProperty("N").GetString()!;
}
