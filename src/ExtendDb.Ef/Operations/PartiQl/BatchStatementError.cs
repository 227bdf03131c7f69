namespace ExtendDb.Ef.Model;

/// <summary>The error of one statement of a batch. Source: DynamoDB API, BatchStatementError.</summary>
/// <param name="Code">
/// ConditionalCheckFailed, DuplicateItem, ResourceNotFound, ValidationError, TransactionConflict, ProvisionedThroughputExceeded or
/// InternalServerError.
/// </param>
/// <param name="Message">The error.</param>
/// <param name="Item">
/// The stored item for which the condition was false; null when the statement did not ask for it or it does not exist.
/// </param>
public sealed record BatchStatementError(string Code, string Message, AttributeMap? Item = null)
{
    internal static BatchStatementError Of(DynamoDbException error) => error switch
    {
        ConditionalCheckFailedException failed => new("ConditionalCheckFailed", failed.Message, failed.Item),
        DuplicateItemException => new("DuplicateItem", error.Message),
        ResourceNotFoundException => new("ResourceNotFound", error.Message),
        ValidationException => new("ValidationError", error.Message),
        TransactionConflictException => new("TransactionConflict", error.Message),
        ProvisionedThroughputExceededException => new("ProvisionedThroughputExceeded", error.Message),
        _ => new("InternalServerError", error.Message),
    };
}
