using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>The operations as an application calls them, in process.</summary>
internal sealed class LibraryDataPlane(IExtendDb extendDb, string table = DataPlaneItems.TableName) : IDataPlane
{
    private static readonly Dictionary<string, string> ValueName = new() { ["#value"] = "Value" };

    public Task PutItemAsync(CancellationToken cancellationToken) =>
        extendDb.PutItemAsync(new(table, DataPlaneItems.NextNew()), cancellationToken);

    public Task ReplaceItemAsync(CancellationToken cancellationToken) =>
        extendDb.PutItemAsync(new(table, DataPlaneItems.AnyReplacement()), cancellationToken);

    public async Task GetItemAsync(CancellationToken cancellationToken)
    {
        var got = await extendDb.GetItemAsync(new(table, DataPlaneItems.AnyKey()), cancellationToken);
        if (got.Item is null)
        {
            throw new InvalidOperationException("An item that was put is not there.");
        }
    }

    public Task UpdateItemAsync(CancellationToken cancellationToken) => extendDb.UpdateItemAsync(
        new(table, DataPlaneItems.AnyKey())
        {
            UpdateExpression = "SET #value = :value",
            ExpressionAttributeNames = ValueName,
            ExpressionAttributeValues = new AttributeMap { [":value"] = DataPlaneItems.AnyValue() },
        },
        cancellationToken);

    public async Task QueryAsync(CancellationToken cancellationToken)
    {
        var page = await extendDb.QueryAsync(
            new(table)
            {
                KeyConditionExpression = "Device = :device",
                ExpressionAttributeValues = new AttributeMap { [":device"] = DataPlaneItems.AnyPartition() },
                Limit = DataPlaneItems.PerPartition,
            },
            cancellationToken);
        if (page.Count != DataPlaneItems.PerPartition)
        {
            throw new InvalidOperationException($"A page has {page.Count} items.");
        }
    }
}
