using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.TimeToLive;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Streams;

/// <summary>What the operations on streams answer, to good and to bad requests.</summary>
public class StreamOperationsTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string TooSmall =
        "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or "
        + "equal to 1";

    private static readonly string Nowhere = "shardId-" + new string('0', 20) + "-" + new string('0', 8);

    public static TheoryData<string> Refusals => [.. RefusedBy.Keys];

    private static Dictionary<string, (string Message, Func<IExtendDb, StreamTable, StreamTable, Task> Call)> RefusedBy => new()
    {
        ["list of 0"] = (TooSmall, (db, _, _) => db.ListStreamsAsync(new() { Limit = 0 })),
        ["list of 101"] = (
            Invalid + "Limit cannot be greater than the maximum allowed size: 100",
            (db, _, _) => db.ListStreamsAsync(new() { Limit = 101 })),
        ["description of nothing"] = ("Invalid StreamArn", (db, _, _) => db.DescribeStreamAsync(new(null!))),
        ["description of 0 shards"] = (TooSmall, (db, t, _) => db.DescribeStreamAsync(new(t.Arn) { Limit = 0 })),
        ["description of 101 shards"] = (
            Invalid + "Limit cannot be greater than the maximum: 100",
            (db, t, _) => db.DescribeStreamAsync(new(t.Arn) { Limit = 101 })),
        ["description of shards behind a short id"] = (
            "1 validation error detected: Value 'x' at 'exclusiveStartShardId' failed to satisfy constraint: Member must have "
            + "length greater than or equal to 28",
            (db, t, _) => db.DescribeStreamAsync(new(t.Arn) { ExclusiveStartShardId = "x" })),
        ["description of an unknown stream"] = (
            "Requested resource not found: Stream: x not found", (db, _, _) => db.DescribeStreamAsync(new("x"))),
        ["description of a table"] = (
            "Requested resource not found: Stream: arn:aws:dynamodb:local:000000000000:table/t not found",
            (db, _, _) => db.DescribeStreamAsync(new("arn:aws:dynamodb:local:000000000000:table/t"))),
        ["iterator without a stream"] = (
            Invalid + "streamArn cannot be empty or null.", (db, t, _) => db.GetShardIteratorAsync(Of(t) with { StreamArn = null! })),
        ["iterator without a shard"] = (
            "No ShardId specified.", (db, t, _) => db.GetShardIteratorAsync(Of(t) with { ShardId = null! })),
        ["iterator without a type"] = (
            "1 validation error detected: Value null at 'shardIteratorType' failed to satisfy constraint: Member must not be null",
            (db, t, _) => db.GetShardIteratorAsync(Of(t) with { ShardIteratorType = default })),
        ["iterator of an unknown stream"] = (
            "Stream does not exist", (db, t, _) => db.GetShardIteratorAsync(Of(t) with { StreamArn = t.Arn + "9" })),
        ["iterator of an unknown shard"] = (
            "Shard does not exist", (db, t, _) => db.GetShardIteratorAsync(Of(t) with { ShardId = Nowhere })),
        ["iterator of a shard of another stream"] = (
            "Shard does not exist", (db, t, other) => db.GetShardIteratorAsync(Of(t) with { ShardId = other.Shards[0].ShardId })),
        ["iterator at no number"] = (
            Invalid + "Invalid SequenceNumber",
            (db, t, _) => db.GetShardIteratorAsync(Of(t, ShardIteratorType.AT_SEQUENCE_NUMBER))),
        ["oldest iterator with a number"] = (
            Invalid + "SequenceNumber should not be passed for this iterator type",
            (db, t, _) => db.GetShardIteratorAsync(Of(t, number: new('0', 21)))),
        ["iterator at a short number"] = (
            "1 validation error detected: Value '1' at 'sequenceNumber' failed to satisfy constraint: Member must have length "
            + "greater than or equal to 21",
            (db, t, _) => db.GetShardIteratorAsync(Of(t, ShardIteratorType.AT_SEQUENCE_NUMBER, "1"))),
        ["iterator at a number of 41 digits"] = (
            "1 validation error detected: Value '*' at 'sequenceNumber' failed to satisfy constraint: Member must have length "
            + "less than or equal to 40",
            (db, t, _) => db.GetShardIteratorAsync(Of(t, ShardIteratorType.AT_SEQUENCE_NUMBER, new('9', 41)))),
        ["iterator at letters"] = Number(new('x', 21)),
        ["iterator at 0"] = Number(new('0', 21)),
        ["iterator at a number beyond all"] = Number(new('9', 40)),
        ["iterator at a number beyond the last"] = Number(new string('0', 20) + "5"),
        ["records of nothing"] = Iterator(null!),
        ["records of an empty iterator"] = Iterator(""),
        ["records of x"] = Iterator("x"),
        ["records of a long iterator"] = Iterator(new('x', 2_049)),
        ["records of a mangled iterator"] = (
            "Invalid ShardIterator",
            async (db, t, _) => await db.GetRecordsAsync(new(Mangled((await db.GetShardIteratorAsync(Of(t))).ShardIterator)))),
        ["0 records"] = (TooSmall, (db, _, _) => db.GetRecordsAsync(new("x") { Limit = 0 })),
        ["1,001 records"] = (
            Invalid + "Limit should be less than or equal to 1000", (db, _, _) => db.GetRecordsAsync(new("x") { Limit = 1_001 })),
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Request_is_refused_with_the_message_of_DynamoDB(string request)
    {
        var (message, call) = RefusedBy[request];
        var (table, other) = (await StreamTable.CreateAsync(Host), await StreamTable.CreateAsync(Host));

        var act = () => call(Host.Db, table, other);

        (await act.Should().ThrowAsync<DynamoDbException>()).WithMessage(message);
    }

    [Fact]
    public async Task Shard_is_read_from_each_place_in_pages()
    {
        var table = await StreamTable.CreateAsync(Host);
        foreach (var n in Enumerable.Range(1, 5))
        {
            await table.PutAsync("a", n);
        }

        var records = await Host.Db.AllAsync(table.Name);
        var shard = records[0].ShardId;
        (await Host.Db.OfShardAsync(table.Arn, shard, limit: 2)).Select(StreamTable.Line).Should().Equal(
            "INSERT a 1", "MODIFY a 2", "MODIFY a 3", "MODIFY a 4", "MODIFY a 5");
        (await FromAsync(ShardIteratorType.AT_SEQUENCE_NUMBER, records[3])).Should().Equal("MODIFY a 4", "MODIFY a 5");
        (await FromAsync(ShardIteratorType.AFTER_SEQUENCE_NUMBER, records[3])).Should().Equal("MODIFY a 5");
        (await FromAsync(ShardIteratorType.AFTER_SEQUENCE_NUMBER, records[4])).Should().BeEmpty();
        await table.PutAsync("a", 6);
        var latest = await table.IteratorAsync(ShardIteratorType.LATEST, shard);
        await table.PutAsync("a", 7);
        (await Host.Db.GetRecordsAsync(new(latest))).Records.Select(StreamTable.Line).Should().Equal("MODIFY a 7");

        async Task<IEnumerable<string>> FromAsync(ShardIteratorType type, StreamRecord record) =>
            (await Host.Db.GetRecordsAsync(new(await table.IteratorAsync(type, shard, record.SequenceNumber))))
                .Records.Select(StreamTable.Line);
    }

    [Fact]
    public async Task Shard_without_records_is_read_from_its_first_number()
    {
        var table = await StreamTable.CreateAsync(Host);
        var first = table.Shards[0].SequenceNumberRange.StartingSequenceNumber;

        var at = await table.IteratorAsync(ShardIteratorType.AT_SEQUENCE_NUMBER, table.Shards[0].ShardId, first);

        (await Host.Db.GetRecordsAsync(new(at))).NextShardIterator.Should().NotBeNull();
    }

    [Fact]
    public async Task Page_has_a_megabyte_and_one_record_at_least()
    {
        var table = await StreamTable.CreateAsync(Host);
        var text = new string('x', 390_000);
        foreach (var n in Enumerable.Range(1, 4))
        {
            await Host.PutAsync(table.Name, new() { ["Id"] = "a", ["N"] = n, ["Text"] = text });
        }

        var records = await Host.Db.AllAsync(table.Name);
        var page = await Host.Db.GetRecordsAsync(
            new(await table.IteratorAsync(ShardIteratorType.TRIM_HORIZON, records[0].ShardId)));

        records.Should().HaveCount(4);
        page.Records.Should().HaveCount(1, "the second one has two images");
    }

    [Fact]
    public async Task Streams_and_shards_are_listed_in_pages()
    {
        var tables = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            tables.Add((await StreamTable.CreateAsync(Host)).Arn);
        }

        var listed = new List<string>();
        string? start = null;
        do
        {
            var page = await Host.Db.ListStreamsAsync(new() { Limit = 2, ExclusiveStartStreamArn = start });
            listed.AddRange(page.Streams.Select(stream => stream.StreamArn));
            start = page.LastEvaluatedStreamArn;
        }
        while (start is not null);

        listed.Should().OnlyHaveUniqueItems().And.Contain(tables);
        var first = (await Host.Db.DescribeStreamAsync(new(tables[0]) { Limit = 3 })).StreamDescription;
        var rest = (await Host.Db.DescribeStreamAsync(
            new(tables[0]) { ExclusiveStartShardId = first.LastEvaluatedShardId })).StreamDescription;
        first.Shards.Concat(rest.Shards).Select(shard => shard.ShardId).Should().OnlyHaveUniqueItems().And.HaveCount(4);
        rest.LastEvaluatedShardId.Should().BeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deletion_of_an_expired_item_names_the_service(bool withLocal)
    {
        var definition = OperationsTable.Of("Id:S") with
        {
            StreamSpecification = new(true, StreamViewType.OLD_IMAGE),
        };
        var name = await Host.CreateAsync(withLocal
            ? OperationsTable.Of("Id:S N:N").WithLocal("Local", "Id:S Rank:N") with { StreamSpecification = definition.StreamSpecification }
            : definition);
        await Host.Db.UpdateTimeToLiveAsync(new(name, new("Expires", true)));
        await Host.PutAsync(name, new() { ["Id"] = "a", ["N"] = 1, ["Expires"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 1 });
        await Host.PutAsync(name, new() { ["Id"] = "b", ["N"] = 1 });
        await Host.Db.DeleteItemAsync(new(
            name, withLocal ? new() { ["Id"] = "b", ["N"] = 1 } : new() { ["Id"] = "b" }));

        await Waiting.UntilAsync(
            async () => await new ExpiredItemSweeper(Host.Database(), Host.Db, NullLogger.Instance).RunAsync(default)
                is { } swept && swept.Table == name,
            "the table is swept");

        var removed = (await Host.Db.AllAsync(name)).Where(record => record.EventName == StreamEventName.REMOVE).ToList();
        removed.Single(record => record.Keys["Id"].Equals((AttributeValue)"a")).UserIdentity
            .Should().Be(new StreamIdentity("dynamodb.amazonaws.com", "Service"));
        removed.Single(record => record.Keys["Id"].Equals((AttributeValue)"b")).UserIdentity.Should().BeNull();
    }

    private static GetShardIteratorRequest Of(
        StreamTable table, ShardIteratorType type = ShardIteratorType.TRIM_HORIZON, string? number = null) =>
        new(table.Arn, table.Shards[0].ShardId, type) { SequenceNumber = number };

    private static string Mangled(string iterator) => (iterator[0] == 'B' ? "C" : "B") + iterator[1..];

    private static (string, Func<IExtendDb, StreamTable, StreamTable, Task>) Number(string number) => (
        "Invalid SequenceNumber for the shard",
        (db, t, _) => db.GetShardIteratorAsync(Of(t, ShardIteratorType.AT_SEQUENCE_NUMBER, number)));

    private static (string, Func<IExtendDb, StreamTable, StreamTable, Task>) Iterator(string iterator) =>
        ("Invalid ShardIterator", (db, _, _) => db.GetRecordsAsync(new(iterator)));
}
