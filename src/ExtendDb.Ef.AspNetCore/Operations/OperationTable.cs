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
        Of<BatchWriteItemRequest, BatchWriteItemResponse>("BatchWriteItem", (db, r, end) => db.BatchWriteItemAsync(r, end)),
        Of<CreateTableRequest, TableDescriptionAnswer>(
            "CreateTable",
            // DynamoDB's default; the domain layer infers the mode from the capacity.
            async (db, r, end) => new(await db.CreateTableAsync(
                r with { BillingMode = r.BillingMode ?? BillingMode.PROVISIONED }, end))),
        Of<DeleteItemRequest, DeleteItemResponse>("DeleteItem", (db, r, end) => db.DeleteItemAsync(r, end)),
        Of<OfTable, TableDescriptionAnswer>(
            "DeleteTable", async (db, r, end) => new(await db.DeleteTableAsync(r.Named(), end))),
        Of<OfTable, ContinuousBackupsAnswer>(
            "DescribeContinuousBackups", async (db, r, end) => new(await db.DescribeContinuousBackupsAsync(r.Named(), end))),
        new Operation<NoMembers, EndpointsAnswer>(
            "DescribeEndpoints",
            (http, _, _) => Task.FromResult<EndpointsAnswer>(new([new(http.Request.Host.Value ?? "", EndpointsAreKeptMinutes)]))),
        Of<NoMembers, DescribeLimitsResponse>("DescribeLimits", (db, _, end) => db.DescribeLimitsAsync(end)),
        Of<OfTable, TableAnswer>(
            "DescribeTable", async (db, r, end) => new(await db.DescribeTableAsync(r.Named(), end))),
        Of<OfTable, TimeToLiveDescriptionAnswer>(
            "DescribeTimeToLive", async (db, r, end) => new(await db.DescribeTimeToLiveAsync(r.Named(), end))),
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
        Of<TagResourceRequest, NoMembers?>("TagResource", async (db, r, end) =>
        {
            await db.TagResourceAsync(r, end);
            return null;
        }),
        Of<TransactGetItemsRequest, TransactGetItemsResponse>(
            "TransactGetItems", (db, r, end) => db.TransactGetItemsAsync(r, end)),
        Of<TransactWriteItemsRequest, TransactWriteItemsResponse>(
            "TransactWriteItems", (db, r, end) => db.TransactWriteItemsAsync(r, end)),
        Of<UntagResourceRequest, NoMembers?>("UntagResource", async (db, r, end) =>
        {
            await db.UntagResourceAsync(r, end);
            return null;
        }),
        Of<UpdateItemRequest, UpdateItemResponse>("UpdateItem", (db, r, end) => db.UpdateItemAsync(r, end)),
        Of<UpdateTableRequest, TableDescriptionAnswer>(
            "UpdateTable", async (db, r, end) => new(await db.UpdateTableAsync(r, end))),
        Of<UpdateTimeToLiveRequest, TimeToLiveSpecificationAnswer>(
            "UpdateTimeToLive", async (db, r, end) => new(await db.UpdateTimeToLiveAsync(r, end))),
    }.ToDictionary(operation => operation.Name, StringComparer.Ordinal);

    /// <summary>Returns an operation by its name; null when it is not supported.</summary>
    public static Operation? Find(string name) => ByName.GetValueOrDefault(name);

    private static Operation<TRequest, TResponse> Of<TRequest, TResponse>(
        string name, Func<IExtendDb, TRequest, CancellationToken, Task<TResponse>> run)
        where TRequest : class =>
        new(name, (http, request, end) => run(http.RequestServices.GetRequiredService<IExtendDb>(), request, end));
}
