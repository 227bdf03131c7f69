using ExtendDb.Ef.Model;
using ExtendDb.Ef.StreamLifecycle;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Streams;

/// <summary>Which records are trimmed, and what a reader sees then.</summary>
public class TrimmingTests(OperationsFixture database) : OperationsTests(database)
{
    [Fact]
    public async Task Old_records_are_trimmed_from_the_oldest_on_and_a_reader_behind_them_is_told()
    {
        var table = await StreamTable.CreateAsync(Host);
        foreach (var n in Enumerable.Range(1, 5))
        {
            await table.PutAsync("a", n);
        }

        var records = await Host.Db.AllAsync(table.Name);
        var shard = records[0].ShardId;
        var behindFirst = await table.IteratorAsync(ShardIteratorType.AFTER_SEQUENCE_NUMBER, shard, records[0].SequenceNumber);
        var behindThird = await table.IteratorAsync(ShardIteratorType.AFTER_SEQUENCE_NUMBER, shard, records[2].SequenceNumber);
        await AgeAsync(table, "number IN (1, 2, 3, 5)");
        await table.PutAsync("a", 6);

        await TrimAsync();

        (await table.NextAsync([])).Should().Equal("MODIFY a 4", "MODIFY a 5", "MODIFY a 6");
        (await Host.Db.GetRecordsAsync(new(behindThird))).Records.Should().HaveCount(3);
        await Trimmed(() => Host.Db.GetRecordsAsync(new(behindFirst)));
        await Trimmed(() => table.IteratorAsync(ShardIteratorType.AT_SEQUENCE_NUMBER, shard, records[2].SequenceNumber));
        (await table.IteratorAsync(ShardIteratorType.AFTER_SEQUENCE_NUMBER, shard, records[2].SequenceNumber)).Should().NotBeEmpty();
        var described = (await Host.Db.DescribeStreamAsync(new(table.Arn))).StreamDescription;
        described.Shards.Single(each => each.ShardId == shard).SequenceNumberRange.StartingSequenceNumber
            .Should().Be(records[3].SequenceNumber);
    }

    [Fact]
    public async Task Reader_whose_records_are_all_gone_is_told()
    {
        var table = await StreamTable.CreateAsync(Host);
        await table.PutAsync("a", 1);
        await table.PutAsync("a", 2);
        var first = (await Host.Db.AllAsync(table.Name))[0];
        var behind = await table.IteratorAsync(ShardIteratorType.AFTER_SEQUENCE_NUMBER, first.ShardId, first.SequenceNumber);
        await AgeAsync(table, "true");

        await TrimAsync();

        await Trimmed(() => Host.Db.GetRecordsAsync(new(behind)));
        (await table.NextAsync([])).Should().BeEmpty();
    }

    [Fact]
    public async Task Stream_that_is_disabled_goes_when_its_last_record_goes()
    {
        var table = await StreamTable.CreateAsync(Host);
        await table.PutAsync("a", 1);
        await Host.Db.AllAsync(table.Name);
        await Host.Db.UpdateTableAsync(new(table.Name) { StreamSpecification = new(false) });
        await Host.SettleStreamsAsync();
        await Host.ScalarAsync(
            $"""
            UPDATE extenddb.streams SET disabled_at = disabled_at - interval '25 hours' WHERE table_name = '{table.Name}'
            """);
        await TrimAsync();
        (await Host.Db.ListStreamsAsync(new() { TableName = table.Name })).Streams.Should().ContainSingle("it has a record");
        await AgeAsync(table, "true");

        await TrimAsync();

        (await Host.Db.ListStreamsAsync(new() { TableName = table.Name })).Streams.Should().BeEmpty();
        await FluentActions.Awaiting(() => Host.Db.DescribeStreamAsync(new(table.Arn)))
            .Should().ThrowAsync<ResourceNotFoundException>();
    }

    [Fact]
    public async Task Records_without_a_number_are_not_trimmed()
    {
        var table = await StreamTable.CreateAsync(Host);
        await table.PutAsync("a", 1);
        await Host.ScalarAsync("UPDATE extenddb.stream_pending SET created_at = created_at - interval '25 hours'");

        await TrimAsync();

        (await table.NextAsync([])).Should().Equal("INSERT a 1");
    }

    [Theory]
    [InlineData(StreamOverflow.Warn, 40)]
    [InlineData(StreamOverflow.Trim, 20)]
    public async Task Records_above_the_limit_are_trimmed_if_that_is_the_option(StreamOverflow whenFull, int left)
    {
        await using var host = await OperationsHost.StartAsync(
            (await Database.CreateDatabaseAsync()),
            configure: options => (options.Streams.MaxBytes, options.Streams.WhenFull) = (1_100_000, whenFull));
        var table = await StreamTable.CreateAsync(host, StreamViewType.NEW_IMAGE);
        var text = new string('x', 50_000);
        for (var i = 0; i < 40; i++)
        {
            await host.PutAsync(table.Name, new() { ["Id"] = "a", ["N"] = i, ["Text"] = text });
        }

        await host.Db.AllAsync(table.Name);
        await new StreamTrimming(host.Database(), NullLogger.Instance).StepAsync(default);

        var records = await host.Db.AllAsync(table.Name);
        records.Count.Should().BeInRange(left, left + 1);
        StreamTable.Line(records[^1]).Should().Be("MODIFY a 39");
    }

    private async Task AgeAsync(StreamTable table, string which) => await Host.ScalarAsync(
        $"""
        UPDATE extenddb.stream_records SET created_at = created_at - interval '25 hours'
        WHERE stream_id = (SELECT id FROM extenddb.streams WHERE table_name = '{table.Name}') AND {which}
        """);

    private async Task TrimAsync() => await new StreamTrimming(Host.Database(), NullLogger.Instance).StepAsync(default);

    private static async Task Trimmed(Func<Task> read) => await read.Should().ThrowAsync<TrimmedDataAccessException>();
}
