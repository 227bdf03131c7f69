using ExtendDb.Ef;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using Xunit;

namespace Tests;

public class StockTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stock_is_found_by_its_category()
    {
        var stock = await StockAsync("found");
        await stock.PutManyAsync([new("Chair", "Furniture", 3), new("Lamp", "Light", 5)], Cancellation);

        await fixture.IndexesAreUpToDateAsync(cancellationToken: Cancellation);

        var query = new ItemQuery { IndexName = "by-category", Key = $"Category = {"Light"}" };
        Assert.Equal([new("Lamp", "Light", 5)], (await stock.QueryPageAsync(query, Cancellation)).Items);
    }

    [Fact]
    public async Task Nobody_can_take_more_pieces_than_there_are()
    {
        var stock = await StockAsync("taken");
        await stock.PutAsync(new("Chair", "Furniture", 3), cancellationToken: Cancellation);

        var taken = () => stock.UpdateAsync("Chair", $"SET Pieces = Pieces - {4}", $"Pieces >= {4}", Cancellation);

        await Assert.ThrowsAsync<ConditionalCheckFailedException>(taken);
        Assert.Equal(3, (await stock.GetAsync("Chair", Cancellation))!.Pieces);
    }

    private async Task<TypedTable<Stock>> StockAsync(string name)
    {
        var extendDb = await fixture.GetExtendDbAsync(Cancellation);
        var stock = extendDb.Table<Stock>(name);
        var table = stock.ToCreateTableRequest();
        await extendDb.CreateTableAsync(
            table with
            {
                AttributeDefinitions = [.. table.AttributeDefinitions, new("Category", AttributeType.S)],
                GlobalSecondaryIndexes = [new("by-category", [new("Category", KeyType.HASH)], Projection.All)],
            },
            Cancellation);
        return stock;
    }
}
