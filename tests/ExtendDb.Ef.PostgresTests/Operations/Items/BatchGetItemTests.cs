using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

public class BatchGetItemTests(OperationsFixture database) : OperationsTests(database)
{
    private const int LargestItem = 409_600;

    [Fact]
    public async Task Items_of_several_tables_come_by_table_and_missing_ones_are_left_out()
    {
        var (first, second) = (await Host.CreateAsync(OperationsTable.Of("P:S")), await Host.CreateAsync(OperationsTable.Of("P:S S:N")));
        var third = await Host.CreateAsync(OperationsTable.Of("P:S"));
        await Host.PutAsync(first, Of("a").With("X", 1));
        await Host.PutAsync(second, Of("a").With("S", 1));
        await Host.PutAsync(second, Of("a").With("S", 2));

        var response = await Host.Db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
        {
            [first] = new([Of("missing"), Of("a")]),
            [second] = new([Of("a").With("S", 2), Of("a").With("S", 3)]),
            [third] = new([Of("a")]),
        }));

        response.Responses.Keys.Should().BeEquivalentTo(first, second, third);
        response.Responses[first].Should().Equal(Of("a").With("X", 1));
        response.Responses[second].Should().Equal(Of("a").With("S", 2));
        response.Responses[third].Should().BeEmpty();
        response.UnprocessedKeys.Should().BeEmpty();
    }

    [Fact]
    public async Task Hundred_keys_are_read_at_once()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S"));
        await WriteAsync(table, Enumerable.Range(0, 100).Select(i => Of($"{i}")));

        var response = await Host.Db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
        {
            [table] = new([.. Enumerable.Range(0, 100).Select(i => Of($"{i}"))]),
        }));

        response.Responses[table].Should().HaveCount(100);
    }

    [Fact]
    public async Task Keys_behind_16_MB_come_back_as_they_were_asked_for_and_asking_again_ends()
    {
        var (table, small) = (await Host.CreateAsync(OperationsTable.Of("P:S")), await Host.CreateAsync(OperationsTable.Of("P:S")));
        var keys = Enumerable.Range(10, 41).Select(i => Of($"{i}")).ToList();
        await WriteAsync(table, keys.Select(key => key.With("D", new byte[LargestItem - 4])));
        await Host.PutAsync(small, Of("a").With("X", 1));
        var asked = new Dictionary<string, KeysAndAttributes>
        {
            [table] = new([.. keys, Of("missing")])
            {
                ProjectionExpression = "#p",
                ExpressionAttributeNames = new Dictionary<string, string> { ["#p"] = "P" },
                ConsistentRead = true,
            },
            [small] = new([Of("a")]),
        };

        var first = await Host.Db.BatchGetItemAsync(new(asked) { ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL });
        var second = await Host.Db.BatchGetItemAsync(new(first.UnprocessedKeys));

        first.Responses[table].Should().Equal(keys.Take(40));
        first.Responses[small].Should().BeEmpty();
        first.UnprocessedKeys.Should().BeEquivalentTo(new Dictionary<string, KeysAndAttributes>
        {
            [table] = asked[table] with { Keys = [keys[40], Of("missing")] },
            [small] = asked[small],
        });
        first.ConsumedCapacity!.Single(c => c.TableName == table).CapacityUnits.Should().Be(40 * 100);
        second.Responses[table].Should().Equal(keys[40]);
        second.Responses[small].Should().Equal(Of("a").With("X", 1));
        second.UnprocessedKeys.Should().BeEmpty();
    }

    [Fact]
    public async Task Exactly_16_MB_come_at_once()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S"));
        var keys = Enumerable.Range(10, 41).Select(i => Of($"{i}")).ToList();
        await WriteAsync(table, keys.Select((key, i) => key.With("D", new byte[
            (i < 40 ? LargestItem : (16 * 1024 * 1024) - (40 * LargestItem)) - 4])));

        var response = await Host.Db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
        {
            [table] = new(keys) { ProjectionExpression = "P" },
        }));

        response.Responses[table].Should().Equal(keys);
        response.UnprocessedKeys.Should().BeEmpty();
    }

    private static AttributeMap Of(string key) => new() { ["P"] = key };

    private async Task WriteAsync(string table, IEnumerable<AttributeMap> items)
    {
        foreach (var batch in items.Chunk(25))
        {
            await Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [table] = [.. batch.Select(WriteRequest.Put)],
            }));
        }
    }
}
