using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Gives any request of the data plane to its operation.</summary>
internal static class Library
{
    /// <summary>Returns the operation's name: PutItem for a PutItemRequest.</summary>
    public static string OperationOf(object request) => request.GetType().Name.Replace("Request", "", StringComparison.Ordinal);

    public static async Task<Answer> AskAsync(IExtendDb db, object request)
    {
        try
        {
            return new(null, WireJson.Of(await SendAsync(db, request)));
        }
        catch (DynamoDbException error)
        {
            return Answer.Of(error);
        }
    }

    public static async Task<object> SendAsync(IExtendDb db, object request) => request switch
    {
        PutItemRequest put => await db.PutItemAsync(put),
        GetItemRequest get => await db.GetItemAsync(get),
        UpdateItemRequest update => await db.UpdateItemAsync(update),
        DeleteItemRequest delete => await db.DeleteItemAsync(delete),
        BatchGetItemRequest batch => await db.BatchGetItemAsync(batch),
        BatchWriteItemRequest batch => await db.BatchWriteItemAsync(batch),
        TransactGetItemsRequest transaction => await db.TransactGetItemsAsync(transaction),
        TransactWriteItemsRequest transaction => await db.TransactWriteItemsAsync(transaction),
        QueryRequest query => await db.QueryAsync(query),
        ScanRequest scan => await db.ScanAsync(scan),
        ExecuteStatementRequest statement => await db.ExecuteStatementAsync(statement),
        BatchExecuteStatementRequest batch => await db.BatchExecuteStatementAsync(batch),
        ExecuteTransactionRequest transaction => await db.ExecuteTransactionAsync(transaction),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request, "No request of the data plane."),
    };
}
