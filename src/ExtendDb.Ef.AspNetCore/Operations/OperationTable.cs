using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Items;
using ExtendDb.Ef.Querying;
using ExtendDb.Ef.Transactions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef.AspNetCore.Operations;

/// <summary>All operations of the protocol that are there, by name.</summary>
internal static class OperationTable
{
    private const long EndpointsAreKeptMinutes = 1_440;

    private static readonly Dictionary<string, Operation> ByName = new Operation[]
    {
        Of<BatchGetItemRequest, BatchGetItemResponse>("BatchGetItem", (db, r, end) => db.BatchGetItemAsync(r, end)),
        Of<BatchWriteItemRequest, BatchWriteItemResponse>("BatchWriteItem", (db, r, end) => db.BatchWriteItemAsync(r, end)),
        Of<CreateTableRequest, TableDescriptionAnswer>(
            "CreateTable", async (db, r, end) => new(await db.CreateTableAsync(r, end))),
        Of<DeleteItemRequest, DeleteItemResponse>("DeleteItem", (db, r, end) => db.DeleteItemAsync(r, end)),
        Of<OfTable, TableDescriptionAnswer>(
            "DeleteTable", async (db, r, end) => new(await db.DeleteTableAsync(r.TableName, end))),
        new Operation<NoParameters, EndpointsAnswer>(
            "DescribeEndpoints",
            (http, _, _) => Task.FromResult<EndpointsAnswer>(new([new(http.Request.Host.Value ?? "", EndpointsAreKeptMinutes)]))),
        Of<OfTable, TableAnswer>(
            "DescribeTable", async (db, r, end) => new(await db.DescribeTableAsync(r.TableName, end))),
        Of<GetItemRequest, GetItemResponse>("GetItem", (db, r, end) => db.GetItemAsync(r, end)),
        Of<ListTablesRequest, ListTablesResponse>("ListTables", (db, r, end) => db.ListTablesAsync(r, end)),
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
        Of<TransactGetItemsRequest, TransactGetItemsResponse>(
            "TransactGetItems", (db, r, end) => db.TransactGetItemsAsync(r, end)),
        Of<TransactWriteItemsRequest, TransactWriteItemsResponse>(
            "TransactWriteItems", (db, r, end) => db.TransactWriteItemsAsync(r, end)),
        Of<UpdateItemRequest, UpdateItemResponse>("UpdateItem", (db, r, end) => db.UpdateItemAsync(r, end)),
    }.ToDictionary(operation => operation.Name, StringComparer.Ordinal);

    /// <summary>Finds an operation; null when it is not there.</summary>
    public static Operation? Find(string name) => ByName.GetValueOrDefault(name);

    private static Operation<TRequest, TResponse> Of<TRequest, TResponse>(
        string name, Func<IExtendDb, TRequest, CancellationToken, Task<TResponse>> run)
        where TRequest : class =>
        new(name, (http, request, end) => run(http.RequestServices.GetRequiredService<IExtendDb>(), request, end));
}
