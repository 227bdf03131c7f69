using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Sql;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Streams;

/// <summary>In which order, and when, records get their numbers.</summary>
public class NumberingTests(OperationsFixture database) : OperationsTests(database)
{
    [Fact]
    public async Task Record_of_a_transaction_that_commits_late_is_read_behind_those_that_were_read_before()
    {
        var table = await StreamTable.CreateAsync(Host);
        var iterators = new Dictionary<string, string>();
        await using var late = Host.CreateContext();
        await using var transaction = await late.Database.BeginTransactionAsync();
        await late.ExtendDb().PutItemAsync(new(table.Name, StreamTable.Item("late", 1)));
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < 10; i++)
            {
                await table.PutAsync($"early {i}", round);
            }

            (await table.NextAsync(iterators)).Should().HaveCount(10);
        }

        await transaction.CommitAsync();

        (await table.NextAsync(iterators)).Should().Equal("INSERT late 1");
        var records = await Host.Db.AllAsync(table.Name);
        records.Should().HaveCount(101);
        records.GroupBy(record => record.ShardId).Should().OnlyContain(
            shard => shard.Select(record => record.Number).SequenceEqual(Enumerable.Range(1, shard.Count()).Select(n => (long)n)));
    }

    [Fact]
    public async Task Look_for_records_begins_behind_those_that_have_numbers_once_all_older_transactions_have_ended()
    {
        var table = await StreamTable.CreateAsync(Host);
        var iterators = new Dictionary<string, string>();
        var version = 0;
        await using var late = Host.CreateContext();
        await using var transaction = await late.Database.BeginTransactionAsync();
        await late.ExtendDb().PutItemAsync(new(table.Name, StreamTable.Item("late", 1)));
        await PutAndReadAsync(6);
        (await DoneAsync()).Should().Be(0, "a transaction that drew an older id has not ended");
        await transaction.CommitAsync();

        // All transactions of the server count, also those of other tests.
        await Waiting.UntilAsync(
            async () =>
            {
                await PutAndReadAsync(1);
                return await DoneAsync() > 0;
            },
            "the look begins behind records that have numbers");

        async Task PutAndReadAsync(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                // A put that changes nothing has no record.
                version++;
                await table.PutAsync("late too", version);
                await table.PutAsync("another", version);
                (await table.NextAsync(iterators)).Should().NotBeEmpty();
            }
        }

        async Task<long> DoneAsync() => (long)(await Host.ScalarAsync(
            $"""
            SELECT max(s.done_id) FROM extenddb.stream_shards AS s JOIN extenddb.streams AS d ON d.id = s.stream_id
            WHERE d.table_name = '{table.Name}'
            """))!;
    }

    [Fact]
    public async Task Records_of_one_item_have_the_order_of_its_changes_however_many_write_it_at_once()
    {
        var table = await StreamTable.CreateAsync(Host);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 25; i++)
            {
                switch ((writer + i) % 4)
                {
                    case 0:
                        await table.DeleteAsync("hot");
                        break;
                    case 1:
                        await table.PutAsync("hot", writer * 100 + i);
                        break;
                    case 2:
                        await Host.Db.UpdateItemAsync(new(table.Name, new() { ["Id"] = "hot" })
                        {
                            UpdateExpression = "ADD N :one",
                            ExpressionAttributeValues = new AttributeMap { [":one"] = 1 },
                        });
                        break;
                    default:
                        await Host.Db.TransactWriteItemsAsync(new(
                            [new() { Put = new(table.Name, StreamTable.Item("hot", -i - writer * 100)) }]));
                        break;
                }
            }
        }));

        var records = await Host.Db.AllAsync(table.Name);

        History.DemandComplete(records, StreamViewType.NEW_AND_OLD_IMAGES);
        var stored = await Host.GetAsync(table.Name, new() { ["Id"] = "hot" });
        Equals(records[^1].NewImage, stored).Should().BeTrue();
    }

    [Fact]
    public async Task Write_that_is_rolled_back_or_changes_nothing_leaves_no_record()
    {
        var table = await StreamTable.CreateAsync(Host);
        await table.PutAsync("a", 1);
        await table.PutAsync("a", 1);
        await table.DeleteAsync("absent");
        await using (var context = Host.CreateContext())
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            await context.ExtendDb().PutItemAsync(new(table.Name, StreamTable.Item("a", 2)));
            await transaction.RollbackAsync();
        }

        (await Host.Db.AllAsync(table.Name)).Select(StreamTable.Line).Should().Equal("INSERT a 1");
    }

    [Fact]
    public async Task Numbers_are_committed_to_disk_even_where_commits_are_asynchronous_by_default()
    {
        await using var connection = new NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SET LOCAL synchronous_commit = off"), new(Statements.StreamNumberingBegin), new("SHOW synchronous_commit"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();

        reader.GetString(0).Should().Be("on");
    }
}
