using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

public class UnreadableItemRepairTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Item_that_cannot_be_read_does_not_keep_the_other_entries_of_a_local_index_from_being_repaired()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(fixture.ConnectionString);
        await host.Db.CreateTableAsync(new(
            "Broken",
            [new("Id", KeyType.HASH), new("N", KeyType.RANGE)],
            [new("Id", AttributeType.S), new("N", AttributeType.N), new("Size", AttributeType.N)])
        {
            LocalSecondaryIndexes = [new("Local", [new("Id", KeyType.HASH), new("Size", KeyType.RANGE)], Projection.All)],
        });
        var table = await host.Db.GetTableDefinitionAsync("Broken");
        await WrittenItems.AddAsync(
            host, table, Enumerable.Range(0, 3).Select(n => new AttributeMap { ["Id"] = "p", ["N"] = n, ["Size"] = n }));
        await WrittenItems.RemoveEntriesAsync(host, table, "Local", 0, 2);
        await Oracle.ScalarAsync(
            host, $$$"""UPDATE extenddb.items SET document = '{"Id":{"N":"x"}}' WHERE {{{WrittenItems.Places(table, 1)}}}""");
        var keys = await DivergentAsync(host, table);

        try
        {
            await IndexRepair.RunAsync(host.Database, table, table.LocalIndexes[0], keys, default);
        }
        catch (ExtendDb.Ef.Model.InternalServerErrorException)
        {
            // That there is such an item may be said, once the others are right.
        }

        keys.Should().HaveCount(3);
        (await DivergentAsync(host, table)).Should().HaveCount(1, "only the item that cannot be read is left");
    }

    private static async Task<List<ExtendDb.Ef.Keys.ItemKey>> DivergentAsync(PropagationHost host, TableDefinition table)
    {
        var keys = new List<ExtendDb.Ef.Keys.ItemKey>();
        await foreach (var range in IndexVerification.RangesAsync(host.Database, table, table.LocalIndexes[0], from: null, default))
        {
            keys.AddRange(range.Divergent.Select(found => found.Key));
        }

        return keys;
    }
}
