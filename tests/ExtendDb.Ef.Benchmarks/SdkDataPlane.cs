using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>One worker that calls an endpoint with the AWS SDK, the same for every endpoint.</summary>
internal sealed class SdkDataPlane(AmazonDynamoDBClient client) : IDataPlane
{
    public Task PutItemAsync(CancellationToken cancellationToken) =>
        client.PutItemAsync(WireItems.TableName, WireItems.NextNew(), cancellationToken);

    public Task ReplaceItemAsync(CancellationToken cancellationToken) =>
        client.PutItemAsync(WireItems.TableName, WireItems.AnyReplacement(), cancellationToken);

    public Task GetItemAsync(CancellationToken cancellationToken) =>
        client.GetItemAsync(WireItems.TableName, WireItems.AnyKey(), cancellationToken);

    public Task UpdateItemAsync(CancellationToken cancellationToken) => client.UpdateItemAsync(
        new UpdateItemRequest
        {
            TableName = WireItems.TableName,
            Key = WireItems.AnyKey(),
            UpdateExpression = "SET #v = :v",
            ExpressionAttributeNames = new() { ["#v"] = "Value" },
            ExpressionAttributeValues = new() { [":v"] = WireItems.AnyValue() },
        },
        cancellationToken);

    public Task QueryAsync(CancellationToken cancellationToken) => client.QueryAsync(
        new QueryRequest(WireItems.TableName)
        {
            KeyConditionExpression = "Device = :d",
            ExpressionAttributeValues = new() { [":d"] = WireItems.AnyPartition() },
        },
        cancellationToken);
}
