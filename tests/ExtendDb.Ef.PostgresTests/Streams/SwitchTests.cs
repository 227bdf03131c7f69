using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.StreamLifecycle;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Streams;

/// <summary>When a stream begins and ends.</summary>
public class SwitchTests(OperationsFixture database) : OperationsTests(database)
{
    [Fact]
    public async Task Stream_begins_when_the_transactions_have_ended_that_may_not_know_it()
    {
        var name = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.PutAsync(name, StreamTable.Item("before", 1));
        await using var older = Host.CreateContext();
        await using var transaction = await older.Database.BeginTransactionAsync();
        await older.ExtendDb().PutItemAsync(new(name, StreamTable.Item("older", 1)));

        var enabled = (await EnableAsync(name)).TableDescription;

        enabled.StreamSpecification.Should().Be(new StreamSpecification(true, StreamViewType.NEW_AND_OLD_IMAGES));
        var table = await StreamTable.OfAsync(Host.Db, name);
        var switches = new StreamSwitches(Host.Database(), NullLogger.Instance);
        await Host.PutAsync(name, StreamTable.Item("meanwhile", 1));
        await Waiting.UntilAsync(
            async () => await switches.StepAsync(default) && switches.WaitsForTransactions, "the transaction is awaited");
        (await StatusAsync(table)).Should().Be(StreamStatus.ENABLING);
        (await Host.Db.DescribeTableAsync(new(name))).Table.TableStatus.Should().Be(TableStatus.UPDATING);
        await older.ExtendDb().PutItemAsync(new(name, StreamTable.Item("older", 2)));
        await transaction.CommitAsync();
        await switches.SettleAsync();
        await Host.PutAsync(name, StreamTable.Item("meanwhile", 2));
        await Host.PutAsync(name, StreamTable.Item("older", 3));

        (await StatusAsync(table)).Should().Be(StreamStatus.ENABLED);
        (await Host.Db.DescribeTableAsync(new(name))).Table.TableStatus.Should().Be(TableStatus.ACTIVE);
        (await Host.Db.AllAsync(name)).Select(StreamTable.Line).Should().BeEquivalentTo("MODIFY meanwhile 2", "MODIFY older 3");
        await new StreamTrimming(Host.Database(), NullLogger.Instance).StepAsync(default);
        (await Host.ScalarAsync("SELECT count(*) FROM extenddb.stream_pending")).Should().Be(0L);
    }

    [Fact]
    public async Task First_record_of_a_database_counts()
    {
        await using var host = await OperationsHost.StartAsync(await Database.CreateDatabaseAsync());
        var name = await host.CreateAsync(OperationsTable.Of("Id:S"));
        await host.Db.UpdateTableAsync(new(name) { StreamSpecification = new(true, StreamViewType.NEW_IMAGE) });
        await host.SettleStreamsAsync();

        await host.PutAsync(name, StreamTable.Item("a", 1));

        (await host.Db.AllAsync(name)).Select(StreamTable.Line).Should().Equal("INSERT a 1");
    }

    [Fact]
    public async Task Stream_that_is_disabled_is_read_to_its_end_and_the_next_one_has_another_label()
    {
        var table = await StreamTable.CreateAsync(Host);
        await table.PutAsync("a", 1);

        await DisableAsync(table.Name);
        await table.PutAsync("a", 2);

        await Host.SettleStreamsAsync();
        (await StatusAsync(table)).Should().Be(StreamStatus.DISABLED);
        var ends = new List<string?>();
        foreach (var shard in table.Shards)
        {
            var page = await Host.Db.GetRecordsAsync(new(await table.IteratorAsync(ShardIteratorType.TRIM_HORIZON, shard.ShardId)));
            ends.Add(page.NextShardIterator);
        }

        ends.Should().OnlyContain(next => next == null);
        (await Host.Db.AllAsync(table.Name)).Select(StreamTable.Line).Should().Equal("INSERT a 1");
        var described = (await Host.Db.DescribeStreamAsync(new(table.Arn))).StreamDescription;
        described.Shards.Where(shard => shard.SequenceNumberRange.EndingSequenceNumber is not null).Should().HaveCount(1);
        await EnableAsync(table.Name);
        await Host.SettleStreamsAsync();
        await table.PutAsync("a", 3);
        (await Host.Db.ListStreamsAsync(new() { TableName = table.Name })).Streams.Select(stream => stream.StreamLabel)
            .Should().HaveCount(2).And.OnlyHaveUniqueItems().And.BeInAscendingOrder();
        (await Host.Db.AllAsync(table.Name)).Select(StreamTable.Line).Should().Equal("MODIFY a 3");
    }

    [Fact]
    public async Task Stream_of_a_deleted_table_can_be_read()
    {
        var table = await StreamTable.CreateAsync(Host);
        await table.PutAsync("a", 1);

        await Host.Db.DeleteTableAsync(new(table.Name));

        await Host.SettleStreamsAsync();
        (await StatusAsync(table)).Should().Be(StreamStatus.DISABLED);
        (await table.NextAsync([])).Should().Equal("INSERT a 1");
        (await Host.Db.ListStreamsAsync(new() { TableName = table.Name })).Streams.Should().ContainSingle();
    }

    [Fact]
    public async Task Stream_is_disabled_while_another_process_still_knows_it_and_no_record_comes_behind_its_end()
    {
        var table = await StreamTable.CreateAsync(Host);
        await using var other = await OperationsHost.StartAsync(Host.ConnectionString);
        await other.PutAsync(table.Name, StreamTable.Item("a", 1));
        await using var context = other.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new(table.Name, StreamTable.Item("a", 2)));
        await DisableAsync(table.Name);
        var switches = new StreamSwitches(Host.Database(), NullLogger.Instance);
        await Waiting.UntilAsync(
            async () => await switches.StepAsync(default) && switches.WaitsForTransactions, "the transaction is awaited");
        (await StatusAsync(table)).Should().Be(StreamStatus.DISABLING);

        await transaction.CommitAsync();

        await switches.SettleAsync();
        (await table.NextAsync([])).Should().Equal("INSERT a 1", "MODIFY a 2");
        await other.PutAsync(table.Name, StreamTable.Item("a", 3));
        (await table.NextAsync([])).Should().HaveCount(2);
    }

    [Fact]
    public async Task Stream_cannot_be_changed_while_it_is_enabling()
    {
        var name = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await EnableAsync(name);

        var disable = () => DisableAsync(name);

        await disable.Should().ThrowAsync<ResourceInUseException>();
        await Host.SettleStreamsAsync();
        var again = () => EnableAsync(name);
        await again.Should().ThrowAsync<ValidationException>().WithMessage("Table already has an enabled stream: TableName: *");
    }

    private Task<UpdateTableResponse> EnableAsync(string name) => Host.Db.UpdateTableAsync(
        new(name) { StreamSpecification = new(true, StreamViewType.NEW_AND_OLD_IMAGES) });

    private Task<UpdateTableResponse> DisableAsync(string name) =>
        Host.Db.UpdateTableAsync(new(name) { StreamSpecification = new(false) });

    private async Task<StreamStatus> StatusAsync(StreamTable table) =>
        (await Host.Db.DescribeStreamAsync(new(table.Arn))).StreamDescription.StreamStatus;
}
