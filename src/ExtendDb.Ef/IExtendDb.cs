using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.ControlPlane;
using ExtendDb.Ef.Operations.Items;
using ExtendDb.Ef.Operations.Querying;
using ExtendDb.Ef.Operations.TimeToLive;
using ExtendDb.Ef.Operations.Transactions;

namespace ExtendDb.Ef;

/// <summary>DynamoDB's operations, by its own names; one call, one operation.</summary>
/// <remarks>
/// From <c>AddExtendDb</c> it is safe for many threads and every call has a connection and a transaction of its own.
/// From <c>context.ExtendDb()</c> it belongs to that context and takes part in its transaction.
/// </remarks>
public interface IExtendDb
{
    /// <inheritdoc cref="CreateTable.HandleAsync"/>
    Task<TableDescription> CreateTableAsync(CreateTableRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DescribeTable.HandleAsync"/>
    Task<TableDescription> DescribeTableAsync(string tableName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ListTables.HandleAsync"/>
    Task<ListTablesResponse> ListTablesAsync(ListTablesRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DeleteTable.HandleAsync"/>
    Task<TableDescription> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="UpdateTable.HandleAsync"/>
    Task<TableDescription> UpdateTableAsync(UpdateTableRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TagResource.HandleAsync"/>
    Task TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="UntagResource.HandleAsync"/>
    Task UntagResourceAsync(UntagResourceRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ListTagsOfResource.HandleAsync"/>
    Task<ListTagsOfResourceResponse> ListTagsOfResourceAsync(
        ListTagsOfResourceRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="UpdateTimeToLive.HandleAsync"/>
    Task<TimeToLiveSpecification> UpdateTimeToLiveAsync(
        UpdateTimeToLiveRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DescribeTimeToLive.HandleAsync"/>
    Task<TimeToLiveDescription> DescribeTimeToLiveAsync(string tableName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DescribeContinuousBackups.HandleAsync"/>
    Task<ContinuousBackupsDescription> DescribeContinuousBackupsAsync(
        string tableName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DescribeLimits.HandleAsync"/>
    Task<DescribeLimitsResponse> DescribeLimitsAsync(CancellationToken cancellationToken = default);

    /// <summary>Finds the definition that <see cref="Model.Item.Create"/> needs.</summary>
    /// <param name="tableName">The table.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The definition as this process knows it, at most CatalogPollInterval old.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such table, or it is being deleted.</exception>
    Task<TableDefinition> GetTableDefinitionAsync(string tableName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="PutItem.HandleAsync"/>
    Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="GetItem.HandleAsync"/>
    Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="UpdateItem.HandleAsync"/>
    Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DeleteItem.HandleAsync"/>
    Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="BatchGetItem.HandleAsync"/>
    Task<BatchGetItemResponse> BatchGetItemAsync(
        BatchGetItemRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="BatchWriteItem.HandleAsync"/>
    Task<BatchWriteItemResponse> BatchWriteItemAsync(
        BatchWriteItemRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TransactGetItems.HandleAsync"/>
    Task<TransactGetItemsResponse> TransactGetItemsAsync(
        TransactGetItemsRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TransactWriteItems.HandleAsync"/>
    Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="Query.HandleAsync"/>
    Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="Scan.HandleAsync"/>
    Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default);
}
