using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.ControlPlane;

public class TableSizesTests(OperationsFixture database) : OperationsTests(database)
{
    [Fact]
    public async Task New_table_is_empty()
    {
        var created = (await Host.Db.CreateTableAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"))).TableDescription;

        var index = created.GlobalSecondaryIndexes.Single();

        (created.ItemCount, created.TableSizeBytes, index.ItemCount, index.IndexSizeBytes).Should().Be((0, 0, 0, 0));
    }

    [Fact]
    public async Task Items_and_entries_of_a_small_table_are_counted()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S Sort:N")
            .WithGlobal("ByKind", "Kind:S", Projection.KeysOnly, delayMs: 0).WithLocal("ByRank", "Id:S Rank:N"));
        await Host.PutAsync(table, new() { ["Id"] = "1", ["Sort"] = 1, ["Kind"] = "k", ["Rank"] = 1, ["More"] = "12345678" });
        await Host.PutAsync(table, new() { ["Id"] = "2", ["Sort"] = 1, ["More"] = "1234" });

        var described = (await Host.Db.DescribeTableAsync(new(table))).Table;

        (described.ItemCount, described.TableSizeBytes).Should().Be((2, 32 + 17));
        described.GlobalSecondaryIndexes.Single().ItemCount.Should().Be(1);
        described.GlobalSecondaryIndexes.Single().IndexSizeBytes.Should().BePositive().And.BeLessThan(
            described.LocalSecondaryIndexes.Single().IndexSizeBytes, "it holds the keys only");
        described.LocalSecondaryIndexes.Single().ItemCount.Should().Be(1);
    }

    [Fact]
    public async Task Answers_of_UpdateTable_and_DeleteTable_hold_the_sizes()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.PutAsync(table, new() { ["Id"] = "1" });

        var updated = (await Host.Db.UpdateTableAsync(new(table) { TableClass = TableClass.STANDARD })).TableDescription;
        var deleted = (await Host.Db.DeleteTableAsync(new(table))).TableDescription;

        (updated.ItemCount, updated.TableSizeBytes).Should().Be((1, 3));
        (deleted.ItemCount, deleted.TableSizeBytes).Should().Be((1, 3));
    }

    [Theory]
    [InlineData(10_000, 10_000)]
    [InlineData(80_000, 80_000)]
    public async Task Table_of_more_than_10000_items_is_estimated(int count, int expected)
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));
        await FillAsync("items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)",
            $"{table.Id}, md5(i::text)::uuid, '', '{{}}', 100, 1, get_byte(decode(md5(i::text), 'hex'), 0) >> 2", count);
        await FillAsync("index_entries (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes, slot)",
            $"{table.Indexes[0].Id}, md5(i::text)::uuid, '', md5(i::text)::uuid, '', '{{}}', 50, get_byte(decode(md5(i::text), 'hex'), 0) >> 2", count);
        await Host.ScalarAsync("ANALYZE extenddb.items, extenddb.index_entries");

        var described = (await Host.Db.DescribeTableAsync(new(table.Name))).Table;

        var index = described.GlobalSecondaryIndexes.Single();
        ((double)described.ItemCount).Should().BeApproximately(expected, count > 10_000 ? expected * 0.1 : 0);
        ((double)index.ItemCount).Should().BeApproximately(expected, count > 10_000 ? expected * 0.1 : 0);
        (described.TableSizeBytes, index.IndexSizeBytes).Should().Be((described.ItemCount * 100, index.ItemCount * 50));
    }

    private async Task FillAsync(string into, string values, int count)
    {
        var table = into.Split(' ')[0];
        await Host.ScalarAsync($"TRUNCATE extenddb.{table}");
        await Host.ScalarAsync($"INSERT INTO extenddb.{into} SELECT {values} FROM generate_series(1, {count}) AS i");
    }
}
