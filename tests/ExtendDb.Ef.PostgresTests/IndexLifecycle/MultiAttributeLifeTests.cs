using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Migrations;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

/// <summary>An index with several key attributes is filled, verified, repaired and removed as any other.</summary>
public class MultiAttributeLifeTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private const string Name = "ByPlace";

    [Fact]
    public async Task Added_index_gets_the_items_that_have_all_attributes_and_whose_values_fit()
    {
        await using var host = await PropagationHost.StartAsync(await fixture.CreateDatabaseAsync());
        await FillAsync(host);

        await host.Db.UpdateTableAsync(Adding);
        await ActiveAsync(host);
        await Oracle.DrainedAndExactAsync(host);

        (await EntriesAsync(host)).Should().Equal("a1", "a2", "b1");
    }

    [Fact]
    public async Task Damaged_entries_are_found_and_repaired()
    {
        await using var host = await PropagationHost.StartAsync(await fixture.CreateDatabaseAsync());
        await FillAsync(host);
        await host.Db.UpdateTableAsync(Adding);
        await ActiveAsync(host);
        await Oracle.DrainedAndExactAsync(host);
        await Oracle.ScalarAsync(host, "UPDATE extenddb.index_entries SET key_sort = key_sort || 'x' WHERE document #>> '{Id,S}' = 'a1'");
        await Oracle.ScalarAsync(host, "DELETE FROM extenddb.index_entries WHERE document #>> '{Id,S}' = 'b1'");
        var verified = (await Oracle.VerifyAsync(host)).Single();

        var table = await host.Db.GetTableDefinitionAsync("Places");
        await foreach (var range in IndexVerification.RangesAsync(host.Database, table, table.Indexes.Single(), from: null, default))
        {
            await IndexRepair.RunAsync(
                host.Database, table, table.Indexes.Single(), range.Divergent.ConvertAll(found => found.Key), default);
        }

        (verified.Missing, verified.Stale).Should().Be((1, 1));
        await Oracle.DrainedAndExactAsync(host);
        (await EntriesAsync(host)).Should().Equal("a1", "a2", "b1");
    }

    [Fact]
    public async Task Version_before_takes_the_database_only_without_such_an_index()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using (var host = await PropagationHost.StartAsync(connectionString))
        {
            await FillAsync(host);
            await host.Db.UpdateTableAsync(Adding);
            await ActiveAsync(host);
        }

        var refused = () => MigrateDownAsync(connectionString);
        await refused.Should().ThrowAsync<PostgresException>().WithMessage("*knows no index keys of several attributes*");
        await ExtendDbMigrator.MigrateAsync(connectionString);
        await using (var host = await PropagationHost.StartAsync(connectionString))
        {
            await host.Db.UpdateTableAsync(new("Places") { GlobalSecondaryIndexUpdates = [new() { Delete = new(Name) }] });
        }

        await MigrateDownAsync(connectionString);
    }

    private static UpdateTableRequest Adding => new("Places")
    {
        AttributeDefinitions =
            [new("Country", AttributeType.S), new("Zone", AttributeType.N), new("City", AttributeType.S), new("Floor", AttributeType.N)],
        GlobalSecondaryIndexUpdates =
        [
            new()
            {
                Create = new(
                    Name,
                    [
                        new("Country", KeyType.HASH), new("Zone", KeyType.HASH), new("City", KeyType.RANGE), new("Floor", KeyType.RANGE),
                    ],
                    Projection.All),
            },
        ],
    };

    private static async Task FillAsync(PropagationHost host)
    {
        await host.Db.CreateTableAsync(
            new CreateTableRequest("Places", [new("Id", KeyType.HASH)], [new("Id", AttributeType.S)]));
        AttributeMap[] items =
        [
            Item("b1", "b", 1), Item("a2", "a", 2), Item("a1", "a", 1),
            Item("without a floor", "a", 1).Without("Floor"), Item("of another type", "a", 1).With("Zone", "one"),
            Item("too long together", new string('c', 1024), 1),
        ];
        foreach (var item in items)
        {
            await host.PutAsync("Places", item);
        }
    }

    private static AttributeMap Item(string id, string city, int floor) => new()
    {
        ["Id"] = id,
        ["Country"] = "ch",
        ["Zone"] = 7,
        ["City"] = city,
        ["Floor"] = floor,
    };

    private static Task ActiveAsync(PropagationHost host) => Waiting.UntilAsync(
        async () => (await host.Db.DescribeTableAsync(new("Places"))).Table.GlobalSecondaryIndexes.Single().IndexStatus == IndexStatus.ACTIVE,
        "the index is filled");

    private static async Task<IEnumerable<string>> EntriesAsync(PropagationHost host)
    {
        var found = await host.Db.QueryAsync(new QueryRequest("Places")
        {
            IndexName = Name,
            KeyConditionExpression = "Country = :c AND #zone = :z",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#zone"] = "Zone" },
            ExpressionAttributeValues = new AttributeMap { [":c"] = "ch", [":z"] = 7 },
        });
        return found.Items.Select(item => ((AttributeValue.S)item["Id"]).Value);
    }

    private static Task MigrateDownAsync(string connectionString) =>
        DotnetEf.UpdateAsync(connectionString, "20261128163816_ImmediateDeletion");
}
