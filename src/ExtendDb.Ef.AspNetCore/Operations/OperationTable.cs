using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Operations;

/// <summary>All supported operations of the protocol, by the X-Amz-Target of a request.</summary>
internal static class OperationTable
{
    private const long EndpointsAreKeptMinutes = 1_440;
    private const string OfDynamoDb = "DynamoDB_20120810.";
    private const string OfStreams = "DynamoDBStreams_20120810.";

    private static readonly Operation[] ForTables =
    [
        Of<BatchExecuteStatementRequest, BatchExecuteStatementResponse>(
            "BatchExecuteStatement", (db, r, cancel) => db.BatchExecuteStatementAsync(r, cancel)),
        Of<BatchGetItemRequest, BatchGetItemResponse>(
            "BatchGetItem", (db, r, cancel) => db.BatchGetItemAsync(r, cancel)),
        Of<BatchWriteItemRequest, BatchWriteItemResponse>(
            "BatchWriteItem", (db, r, cancel) => db.BatchWriteItemAsync(r, cancel)),
        // The wire has DynamoDB's default. In the domain layer, null is PROVISIONED only when a capacity is given.
        Of<CreateTableRequest, CreateTableResponse>("CreateTable", (db, r, cancel) => db.CreateTableAsync(
            r with { BillingMode = r.BillingMode ?? BillingMode.PROVISIONED }, cancel)),
        Of<DeleteItemRequest, DeleteItemResponse>("DeleteItem", (db, r, cancel) => db.DeleteItemAsync(r, cancel)),
        Of<DeleteTableRequest, DeleteTableResponse>("DeleteTable", (db, r, cancel) => db.DeleteTableAsync(r, cancel)),
        Of<DescribeContinuousBackupsRequest, DescribeContinuousBackupsResponse>(
            "DescribeContinuousBackups", (db, r, cancel) => db.DescribeContinuousBackupsAsync(r, cancel)),
        new Operation<EmptyRequest, DescribeEndpointsResponse>(
            "DescribeEndpoints",
            (_, http, _, _) => Task.FromResult<DescribeEndpointsResponse>(
                new([new(http.Request.Host.Value ?? "", EndpointsAreKeptMinutes)]))),
        Of<DescribeLimitsRequest, DescribeLimitsResponse>(
            "DescribeLimits", (db, r, cancel) => db.DescribeLimitsAsync(r, cancel)),
        Of<DescribeTableRequest, DescribeTableResponse>(
            "DescribeTable", (db, r, cancel) => db.DescribeTableAsync(r, cancel)),
        Of<DescribeTimeToLiveRequest, DescribeTimeToLiveResponse>(
            "DescribeTimeToLive", (db, r, cancel) => db.DescribeTimeToLiveAsync(r, cancel)),
        Of<ExecuteStatementRequest, ExecuteStatementResponse>(
            "ExecuteStatement", (db, r, cancel) => db.ExecuteStatementAsync(r, cancel)),
        Of<ExecuteTransactionRequest, ExecuteTransactionResponse>(
            "ExecuteTransaction", (db, r, cancel) => db.ExecuteTransactionAsync(r, cancel)),
        Of<GetItemRequest, GetItemResponse>("GetItem", (db, r, cancel) => db.GetItemAsync(r, cancel)),
        Of<ListTablesRequest, ListTablesResponse>("ListTables", (db, r, cancel) => db.ListTablesAsync(r, cancel)),
        Of<ListTagsOfResourceRequest, ListTagsOfResourceResponse>(
            "ListTagsOfResource", (db, r, cancel) => db.ListTagsOfResourceAsync(r, cancel)),
        Of<PutItemRequest, PutItemResponse>("PutItem", (db, r, cancel) => db.PutItemAsync(r, cancel)),
        Of<QueryRequest, QueryResponse>("Query", async (db, r, cancel) =>
        {
            var page = await db.QueryAsync(r, cancel);
            return r.Select == Select.COUNT ? page with { Items = null! } : page;
        }),
        Of<ScanRequest, ScanResponse>("Scan", async (db, r, cancel) =>
        {
            var page = await db.ScanAsync(r, cancel);
            return r.Select == Select.COUNT ? page with { Items = null! } : page;
        }),
        Of<TagResourceRequest, EmptyRequest?>("TagResource", async (db, r, cancel) =>
        {
            await db.TagResourceAsync(r, cancel);
            return null;
        }),
        Of<TransactGetItemsRequest, TransactGetItemsResponse>(
            "TransactGetItems", (db, r, cancel) => db.TransactGetItemsAsync(r, cancel)),
        Of<TransactWriteItemsRequest, TransactWriteItemsResponse>(
            "TransactWriteItems", (db, r, cancel) => db.TransactWriteItemsAsync(r, cancel)),
        Of<UntagResourceRequest, EmptyRequest?>("UntagResource", async (db, r, cancel) =>
        {
            await db.UntagResourceAsync(r, cancel);
            return null;
        }),
        Of<UpdateItemRequest, UpdateItemResponse>("UpdateItem", (db, r, cancel) => db.UpdateItemAsync(r, cancel)),
        Of<UpdateTableRequest, UpdateTableResponse>("UpdateTable", (db, r, cancel) => db.UpdateTableAsync(r, cancel)),
        Of<UpdateTimeToLiveRequest, UpdateTimeToLiveResponse>(
            "UpdateTimeToLive", (db, r, cancel) => db.UpdateTimeToLiveAsync(r, cancel)),
    ];

    private static readonly Operation[] ForStreams =
    [
        Of<DescribeStreamRequest, DescribeStreamResponse>(
            "DescribeStream", (db, r, cancel) => db.DescribeStreamAsync(r, cancel)),
        Of<GetRecordsRequest, RecordsResponse>(
            "GetRecords", async (db, r, cancel) => RecordsResponse.Of(await db.GetRecordsAsync(r, cancel))),
        Of<GetShardIteratorRequest, GetShardIteratorResponse>(
            "GetShardIterator", (db, r, cancel) => db.GetShardIteratorAsync(r, cancel)),
        Of<ListStreamsRequest, ListStreamsResponse>("ListStreams", (db, r, cancel) => db.ListStreamsAsync(r, cancel)),
    ];

    private static readonly Dictionary<string, Operation> ByTarget =
        ForTables.Select(operation => (Target: OfDynamoDb + operation.Name, Operation: operation))
            .Concat(ForStreams.Select(operation => (Target: OfStreams + operation.Name, Operation: operation)))
            .ToDictionary(each => each.Target, each => each.Operation, StringComparer.Ordinal);

    /// <summary>Returns the operation of an X-Amz-Target; null when it is not supported.</summary>
    public static Operation? Find(string target) => ByTarget.GetValueOrDefault(target);

    private static Operation<TRequest, TResponse> Of<TRequest, TResponse>(
        string name, Func<IExtendDb, TRequest, CancellationToken, Task<TResponse>> run)
        where TRequest : class =>
        new(name, (db, _, request, cancel) => run(db, request, cancel));
}
