using System.Diagnostics;
using System.Runtime.CompilerServices;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.ControlPlane;
using ExtendDb.Ef.Operations.Items;
using ExtendDb.Ef.Operations.PartiQl;
using ExtendDb.Ef.Operations.Querying;
using ExtendDb.Ef.Operations.Streams;
using ExtendDb.Ef.Operations.TimeToLive;
using ExtendDb.Ef.Operations.Transactions;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;

namespace ExtendDb.Ef;

/// <summary>Runs each operation on the caller's context, or on a context that lives as long as the operation.</summary>
/// <param name="begin">Returns the context of an operation, which is disposed at its end.</param>
internal sealed class ExtendDbOperations(Func<OperationContext> begin) : IExtendDb
{
    public Task<CreateTableResponse> CreateTableAsync(
        CreateTableRequest request, CancellationToken cancellationToken) =>
        RunAsync(CreateTable.HandleAsync, request, cancellationToken);

    public Task<DescribeTableResponse> DescribeTableAsync(
        DescribeTableRequest request, CancellationToken cancellationToken) =>
        RunAsync(DescribeTable.HandleAsync, request, cancellationToken);

    public Task<ListTablesResponse> ListTablesAsync(ListTablesRequest request, CancellationToken cancellationToken) =>
        RunAsync(ListTables.HandleAsync, request, cancellationToken);

    public Task<DeleteTableResponse> DeleteTableAsync(
        DeleteTableRequest request, CancellationToken cancellationToken) =>
        RunAsync(DeleteTable.HandleAsync, request, cancellationToken);

    public Task<UpdateTableResponse> UpdateTableAsync(
        UpdateTableRequest request, CancellationToken cancellationToken) =>
        RunAsync(UpdateTable.HandleAsync, request, cancellationToken);

    public Task<TagResourceResponse> TagResourceAsync(
        TagResourceRequest request, CancellationToken cancellationToken) =>
        RunAsync(TagResource.HandleAsync, request, cancellationToken);

    public Task<UntagResourceResponse> UntagResourceAsync(
        UntagResourceRequest request, CancellationToken cancellationToken) =>
        RunAsync(UntagResource.HandleAsync, request, cancellationToken);

    public Task<ListTagsOfResourceResponse> ListTagsOfResourceAsync(
        ListTagsOfResourceRequest request, CancellationToken cancellationToken) =>
        RunAsync(ListTagsOfResource.HandleAsync, request, cancellationToken);

    public Task<UpdateTimeToLiveResponse> UpdateTimeToLiveAsync(
        UpdateTimeToLiveRequest request, CancellationToken cancellationToken) =>
        RunAsync(UpdateTimeToLive.HandleAsync, request, cancellationToken);

    public Task<DescribeTimeToLiveResponse> DescribeTimeToLiveAsync(
        DescribeTimeToLiveRequest request, CancellationToken cancellationToken) =>
        RunAsync(DescribeTimeToLive.HandleAsync, request, cancellationToken);

    public Task<DescribeContinuousBackupsResponse> DescribeContinuousBackupsAsync(
        DescribeContinuousBackupsRequest request, CancellationToken cancellationToken) =>
        RunAsync(DescribeContinuousBackups.HandleAsync, request, cancellationToken);

    public Task<DescribeLimitsResponse> DescribeLimitsAsync(
        DescribeLimitsRequest request, CancellationToken cancellationToken) =>
        RunAsync(DescribeLimits.HandleAsync, request, cancellationToken);

    public Task<TableDefinition> GetTableDefinitionAsync(string tableName, CancellationToken cancellationToken) =>
        RunAsync(GetTableDefinition.HandleAsync, tableName, cancellationToken);

    public Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken) =>
        RunAsync(PutItem.HandleAsync, request, cancellationToken);

    public Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken) =>
        RunAsync(GetItem.HandleAsync, request, cancellationToken);

    public Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken) =>
        RunAsync(UpdateItem.HandleAsync, request, cancellationToken);

    public Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken) =>
        RunAsync(DeleteItem.HandleAsync, request, cancellationToken);

    public Task<BatchGetItemResponse> BatchGetItemAsync(
        BatchGetItemRequest request, CancellationToken cancellationToken) =>
        RunAsync(BatchGetItem.HandleAsync, request, cancellationToken);

    public Task<BatchWriteItemResponse> BatchWriteItemAsync(
        BatchWriteItemRequest request, CancellationToken cancellationToken) =>
        RunAsync(BatchWriteItem.HandleAsync, request, cancellationToken);

    public Task<TransactGetItemsResponse> TransactGetItemsAsync(
        TransactGetItemsRequest request, CancellationToken cancellationToken) =>
        RunAsync(TransactGetItems.HandleAsync, request, cancellationToken);

    public Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken) =>
        RunAsync(TransactWriteItems.HandleAsync, request, cancellationToken);

    public Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken) =>
        RunAsync(Query.HandleAsync, request, cancellationToken);

    public Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken) =>
        RunAsync(Scan.HandleAsync, request, cancellationToken);

    public Task<ExecuteStatementResponse> ExecuteStatementAsync(
        ExecuteStatementRequest request, CancellationToken cancellationToken) =>
        RunAsync(ExecuteStatement.HandleAsync, request, cancellationToken);

    public Task<BatchExecuteStatementResponse> BatchExecuteStatementAsync(
        BatchExecuteStatementRequest request, CancellationToken cancellationToken) =>
        RunAsync(BatchExecuteStatement.HandleAsync, request, cancellationToken);

    public Task<ExecuteTransactionResponse> ExecuteTransactionAsync(
        ExecuteTransactionRequest request, CancellationToken cancellationToken) =>
        RunAsync(ExecuteTransaction.HandleAsync, request, cancellationToken);

    public Task<ListStreamsResponse> ListStreamsAsync(ListStreamsRequest request, CancellationToken cancellationToken) =>
        RunAsync(ListStreams.HandleAsync, request, cancellationToken);

    public Task<DescribeStreamResponse> DescribeStreamAsync(
        DescribeStreamRequest request, CancellationToken cancellationToken) =>
        RunAsync(DescribeStream.HandleAsync, request, cancellationToken);

    public Task<GetShardIteratorResponse> GetShardIteratorAsync(
        GetShardIteratorRequest request, CancellationToken cancellationToken) =>
        RunAsync(GetShardIterator.HandleAsync, request, cancellationToken);

    public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken) =>
        RunAsync(GetRecords.HandleAsync, request, cancellationToken);

    private async Task<TResponse> RunAsync<TRequest, TResponse>(
        Func<OperationContext, TRequest, CancellationToken, Task<TResponse>> handle,
        TRequest request,
        CancellationToken cancellationToken,
        [CallerMemberName] string caller = "")
    {
        ArgumentNullException.ThrowIfNull(request);
        Activity? span = null;
        OperationContext? context = null;
        try
        {
            context = begin();
            span = ExtendDbActivity.Operation(caller, context.Runtime.Name);
            return await handle(context, request, cancellationToken);
        }
        catch (Exception failed)
        {
            span.Failed(failed);
            throw;
        }
        finally
        {
            span?.Dispose();
            if (context is not null)
            {
                await context.DisposeAsync();
            }
        }
    }
}
