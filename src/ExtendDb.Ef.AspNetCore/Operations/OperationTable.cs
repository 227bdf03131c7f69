using ExtendDb.Ef.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef.AspNetCore.Operations;

/// <summary>All supported operations of the protocol, by name.</summary>
internal static class OperationTable
{
    private const long EndpointsAreKeptMinutes = 1_440;

    private static readonly Dictionary<string, Operation> ByName = new Operation[]
    {
        Of<BatchGetItemRequest, BatchGetItemResponse>("BatchGetItem", (db, r, end) => db.BatchGetItemAsync(r, end)),
        Of<BatchWriteItemRequest, BatchWriteItemResponse>(
            "BatchWriteItem", (db, r, end) => db.BatchWriteItemAsync(r, end)),
        // The wire has DynamoDB's default. In the domain layer, null is PROVISIONED only when a capacity is given.
        Of<CreateTableRequest, CreateTableResponse>("CreateTable", (db, r, end) => db.CreateTableAsync(
            r with { BillingMode = r.BillingMode ?? BillingMode.PROVISIONED }, end)),
        Of<DeleteItemRequest, DeleteItemResponse>("DeleteItem", (db, r, end) => db.DeleteItemAsync(r, end)),
        Of<DeleteTableRequest, DeleteTableResponse>("DeleteTable", (db, r, end) => db.DeleteTableAsync(r, end)),
        Of<DescribeContinuousBackupsRequest, DescribeContinuousBackupsResponse>(
            "DescribeContinuousBackups", (db, r, end) => db.DescribeContinuousBackupsAsync(r, end)),
        new Operation<EmptyRequest, EndpointsAnswer>(
            "DescribeEndpoints",
            (http, _, _) => Task.FromResult<EndpointsAnswer>(new([new(http.Request.Host.Value ?? "", EndpointsAreKeptMinutes)]))),
        Of<DescribeLimitsRequest, DescribeLimitsResponse>(
            "DescribeLimits", (db, r, end) => db.DescribeLimitsAsync(r, end)),
        Of<DescribeTableRequest, DescribeTableResponse>("DescribeTable", (db, r, end) => db.DescribeTableAsync(r, end)),
        Of<DescribeTimeToLiveRequest, DescribeTimeToLiveResponse>(
            "DescribeTimeToLive", (db, r, end) => db.DescribeTimeToLiveAsync(r, end)),
        Of<GetItemRequest, GetItemResponse>("GetItem", (db, r, end) => db.GetItemAsync(r, end)),
        Of<ListTablesRequest, ListTablesResponse>("ListTables", (db, r, end) => db.ListTablesAsync(r, end)),
        Of<ListTagsOfResourceRequest, ListTagsOfResourceResponse>(
            "ListTagsOfResource", (db, r, end) => db.ListTagsOfResourceAsync(r, end)),
        Of<PutItemRequest, PutItemResponse>("PutItem", (db, r, end) => db.PutItemAsync(r, end)),
        Of<QueryRequest, QueryResponse>("Query", async (db, r, end) =>
        {
            var page = await db.QueryAsync(r, end);
            return r.Select == Select.COUNT ? page with { Items = null! } : page;
        }),
        Of<ScanRequest, ScanResponse>("Scan", async (db, r, end) =>
        {
            var page = await db.ScanAsync(r, end);
            return r.Select == Select.COUNT ? page with { Items = null! } : page;
        }),
        Of<TagResourceRequest, EmptyRequest?>("TagResource", async (db, r, end) =>
        {
            await db.TagResourceAsync(r, end);
            return null;
        }),
        Of<TransactGetItemsRequest, TransactGetItemsResponse>(
            "TransactGetItems", (db, r, end) => db.TransactGetItemsAsync(r, end)),
        Of<TransactWriteItemsRequest, TransactWriteItemsResponse>(
            "TransactWriteItems", (db, r, end) => db.TransactWriteItemsAsync(r, end)),
        Of<UntagResourceRequest, EmptyRequest?>("UntagResource", async (db, r, end) =>
        {
            await db.UntagResourceAsync(r, end);
            return null;
        }),
        Of<UpdateItemRequest, UpdateItemResponse>("UpdateItem", (db, r, end) => db.UpdateItemAsync(r, end)),
        Of<UpdateTableRequest, UpdateTableResponse>("UpdateTable", (db, r, end) => db.UpdateTableAsync(r, end)),
        Of<UpdateTimeToLiveRequest, UpdateTimeToLiveResponse>(
            "UpdateTimeToLive", (db, r, end) => db.UpdateTimeToLiveAsync(r, end)),
    }.ToDictionary(operation => operation.Name, StringComparer.Ordinal);

    /// <summary>Returns an operation by its name; null when it is not supported.</summary>
    public static Operation? Find(string name) => ByName.GetValueOrDefault(name);

    private static Operation<TRequest, TResponse> Of<TRequest, TResponse>(
        string name, Func<IExtendDb, TRequest, CancellationToken, Task<TResponse>> run)
        where TRequest : class =>
        new(name, (http, request, end) => run(http.RequestServices.GetRequiredService<IExtendDb>(), request, end));
}
