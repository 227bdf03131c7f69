using ExtendDb.Ef;
using ExtendDb.Ef.Model;

namespace MinimalApi;

/// <summary>Creates the table and its index before the application listens.</summary>
public sealed class StockTable(IExtendDb extendDb) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var table = extendDb.Table<Stock>().ToCreateTableRequest();
        try
        {
            await extendDb.CreateTableAsync(
                table with
                {
                    AttributeDefinitions = [.. table.AttributeDefinitions, new("Category", AttributeType.S)],
                    GlobalSecondaryIndexes = [new("by-category", [new("Category", KeyType.HASH)], Projection.All)],
                },
                cancellationToken);
        }
        catch (ResourceInUseException)
        {
            // An earlier start has created it.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
