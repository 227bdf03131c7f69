using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

[Collection(AloneCollection.Name)]
public class IndexRemovalTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Index_that_is_deleted_leaves_no_entry_no_definition_and_no_attribute_that_only_it_used()
    {
        await using var host = await PropagationHost.StartAsync(await fixture.CreateDatabaseAsync());
        var table = await Tables.CreateAsync(host, "Removed", Tables.Short);
        await AddedIndex.FillAsync(host, table, 2_500);
        await host.Db.UpdateTableAsync(AddedIndex.Create("Removed"));
        await AddedIndex.ActiveAsync(host, "Removed");

        var answer = (await host.Db.UpdateTableAsync(AddedIndex.Delete("Removed"))).TableDescription;
        await LeftRows.DeletedAsync(host);

        answer.GlobalSecondaryIndexes.Single(i => i.IndexName == AddedIndex.Name).IndexStatus.Should().Be(IndexStatus.DELETING);
        var left = (await host.Db.DescribeTableAsync(new("Removed"))).Table;
        left.TableStatus.Should().Be(TableStatus.ACTIVE);
        left.AttributeDefinitions!.Select(d => d.AttributeName).Should().BeEquivalentTo("Group", "Id", "Seq");
        left.GlobalSecondaryIndexes.Should().ContainSingle().Which.IndexName.Should().Be("ByGroup0");
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.index_entries")).Should().Be(0L);
        (await Oracle.ScalarAsync(
            host, "SELECT jsonb_array_length(attribute_definitions) FROM extenddb.tables")).Should().Be(3);
    }

    [Fact]
    public async Task Index_that_is_being_filled_can_be_given_up()
    {
        await using var host = await PropagationHost.StartAsync(await fixture.CreateDatabaseAsync());
        var table = await Tables.CreateAsync(host, "GivenUp", Tables.Short);
        await AddedIndex.FillAsync(host, table, 20_000);
        await host.Db.UpdateTableAsync(AddedIndex.Create("GivenUp"));
        await Waiting.UntilAsync(async () => await AddedIndex.EntriesAsync(host) > 0, "the first entries are there");

        await host.Db.UpdateTableAsync(AddedIndex.Delete("GivenUp"));

        await LeftRows.DeletedAsync(host);
        await Oracle.DrainedAndExactAsync(host);
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.index_entries")).Should().Be(0L);
    }

    [Fact]
    public async Task Index_of_the_same_name_can_be_created_again()
    {
        await using var host = await PropagationHost.StartAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Again", Tables.Short);
        await host.PutAsync("Again", AddedIndex.Item("a", "red"));
        await host.Db.UpdateTableAsync(AddedIndex.Create("Again"));
        await AddedIndex.ActiveAsync(host, "Again");
        await host.Db.UpdateTableAsync(AddedIndex.Delete("Again"));

        await host.Db.UpdateTableAsync(AddedIndex.Create("Again"));
        await AddedIndex.ActiveAsync(host, "Again");

        (await host.QueryAsync("Again", AddedIndex.Name, "Colour", "red")).Should().ContainSingle();
        await Oracle.DrainedAndExactAsync(host);
    }

    [Fact]
    public async Task Index_that_is_deleted_cannot_be_queried()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using var host = await PropagationHost.StartWithoutWorkerAsync(database);
        await Tables.CreateAsync(host, "Going", Tables.Short);

        await host.Db.UpdateTableAsync(new("Going") { GlobalSecondaryIndexUpdates = [new() { Delete = new("ByGroup0") }] });

        var query = () => host.QueryAsync("Going", "ByGroup0", "Group", "all");
        await query.Should().ThrowAsync<ValidationException>();
    }
}
