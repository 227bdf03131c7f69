using System.Text.Json.Serialization;
using ExtendDb.Ef.AspNetCore.Errors;
using ExtendDb.Ef.AspNetCore.Signing;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Operations;

/// <summary>An error as the protocol shapes it. Source: observed on the service.</summary>
internal sealed record ErrorAnswer(
    [property: JsonPropertyName("__type")] string Type,
    [property: JsonPropertyName("message")] string? LowerMessage,
    [property: JsonPropertyName("Message")] string? UpperMessage)
{
    private const string OfDynamoDb = "com.amazonaws.dynamodb.v20120810#";
    private const string OfTheFrontEnd = "com.amazon.coral.service#";
    private const string OfValidation = "com.amazon.coral.validate#";

    /// <summary>Gets the item that made a condition false, when it was asked for.</summary>
    public AttributeMap? Item { get; private init; }

    /// <summary>Gets why each action of a transaction was not done.</summary>
    public IReadOnlyList<CancellationReason>? CancellationReasons { get; private init; }

    /// <summary>Shapes an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="message">Its message, in which words of the request may stand.</param>
    public static ErrorAnswer Of(DynamoDbException error, string message) => error switch
    {
        ValidationException => Lower(OfValidation, error, message),
        SerializationException => Upper(OfTheFrontEnd, error, message),
        UnknownOperationException or RequestTooLargeException or MissingAuthenticationTokenException
            or IncompleteSignatureException or UnrecognizedClientException or InvalidSignatureException =>
            Lower(OfTheFrontEnd, error, message),
        ConditionalCheckFailedException failed => Lower(OfDynamoDb, error, message) with { Item = failed.Item },
        TransactionCanceledException cancelled => Upper(OfDynamoDb, error, message) with
        {
            CancellationReasons = cancelled.CancellationReasons,
        },
        TransactionInProgressException or IdempotentParameterMismatchException => Upper(OfDynamoDb, error, message),
        InternalServerErrorException => new(OfDynamoDb + "InternalServerError", message, null),
        ServiceUnavailableException => new(OfTheFrontEnd + "ServiceUnavailable", message, null),
        _ => Lower(OfDynamoDb, error, message),
    };

    /// <summary>Returns the status of the HTTP response that carries an error.</summary>
    public static int StatusOf(DynamoDbException error) => error switch
    {
        InternalServerErrorException => 500,
        ServiceUnavailableException => 503,
        RequestTooLargeException => 413,
        _ => 400,
    };

    private static ErrorAnswer Lower(string prefix, DynamoDbException error, string message) =>
        new(prefix + error.ErrorCode, message, null);

    private static ErrorAnswer Upper(string prefix, DynamoDbException error, string message) =>
        new(prefix + error.ErrorCode, null, message);
}
