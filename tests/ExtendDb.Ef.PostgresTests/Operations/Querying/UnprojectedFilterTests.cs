using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

/// <summary>A filter on what an index does not project is refused in a query, and in a scan meets nothing.</summary>
public class UnprojectedFilterTests(OperationsFixture database) : OperationsTests(database)
{
    [Theory]
    [InlineData("Global", "attribute_exists(a)", 0)]
    [InlineData("Global", "attribute_not_exists(a)", 1)]
    [InlineData("Local", "attribute_exists(a)", 0)]
    [InlineData("Local", "attribute_not_exists(a)", 1)]
    public async Task Filter_of_a_scan_does_not_find_what_the_index_does_not_project(string index, string filter, int count)
    {
        var table = await TableWithItemAsync();

        var page = await Host.Db.ScanAsync(new(table) { IndexName = index, FilterExpression = filter });

        page.ScannedCount.Should().Be(1);
        page.Count.Should().Be(count);
    }

    [Theory]
    [InlineData("Global", "k = :v", null)]
    [InlineData("Local", "p = :v", null)]
    [InlineData("Global", "k = :v", "b")]
    public async Task Filter_of_a_query_is_refused_before_its_projection(string index, string key, string? projection)
    {
        var table = await TableWithItemAsync();

        var query = () => Host.Db.QueryAsync(new(table)
        {
            IndexName = index,
            KeyConditionExpression = key,
            FilterExpression = "attribute_exists(a)",
            ProjectionExpression = projection,
            ExpressionAttributeValues = new AttributeMap { [":v"] = "x" },
        });

        await query.Should().ThrowAsync<ValidationException>()
            .WithMessage($"*: Secondary index {index} does not project one or more filter attributes: [a]");
    }

    private async Task<string> TableWithItemAsync()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("p:S s:S")
            .WithGlobal("Global", "k:S", Projection.KeysOnly)
            .WithLocal("Local", "p:S k:S", Projection.KeysOnly));
        await Host.PutAsync(table, new() { ["p"] = "x", ["s"] = "x", ["k"] = "x", ["a"] = "x", ["b"] = "x" });
        await Host.DrainAsync();
        return table;
    }
}
