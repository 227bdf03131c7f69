using System.Text.Json.Serialization;
using ExtendDb.Ef.AspNetCore.Errors;
using ExtendDb.Ef.AspNetCore.Signing;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.AspNetCore.Operations;

/// <summary>An error in the JSON of the protocol. Source: observed on the service.</summary>
internal sealed record ErrorResponse(
    [property: JsonPropertyName("__type")] string Type,
    [property: JsonPropertyName("message")] string? LowerMessage,
    [property: JsonPropertyName("Message")] string? UpperMessage)
{
    private const string OfDynamoDb = "com.amazonaws.dynamodb.v20120810#";
    private const string OfTheFrontEnd = "com.amazon.coral.service#";
    private const string OfThrottling = "com.amazon.coral.availability#";
    private const string OfValidation = "com.amazon.coral.validate#";

    /// <summary>Gets the item for which a condition was false, when the request asked for it.</summary>
    public AttributeMap? Item { get; private init; }

    /// <summary>Gets the reasons why a transaction was cancelled, one for each action.</summary>
    public IReadOnlyList<CancellationReason>? CancellationReasons { get; private init; }

    /// <summary>Creates the response of an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="message">The message of the error, with the unknown values of the request put back.</param>
    public static ErrorResponse Of(DynamoDbException error, string message) => error switch
    {
        ValidationException => Lower(OfValidation, error, message),
        SerializationException => Upper(OfTheFrontEnd, error, message),
        UnknownOperationException or AccessDeniedException or RequestTooLargeException or MissingAuthenticationTokenException
            or IncompleteSignatureException or UnrecognizedClientException or InvalidSignatureException =>
            Lower(OfTheFrontEnd, error, message),
        ConditionalCheckFailedException failed => Lower(OfDynamoDb, error, message) with { Item = failed.Item },
        TransactionCanceledException cancelled => Upper(OfDynamoDb, error, message) with
        {
            CancellationReasons = cancelled.CancellationReasons,
        },
        TransactionInProgressException or IdempotentParameterMismatchException => Upper(OfDynamoDb, error, message),
        InternalServerErrorException => new(OfDynamoDb + "InternalServerError", message, null),
        ThrottlingException => Lower(OfThrottling, error, message),
        ServiceUnavailableException => new(OfTheFrontEnd + "ServiceUnavailable", message, null),
        _ => Lower(OfDynamoDb, error, message),
    };

    /// <summary>Returns the HTTP status of an error.</summary>
    public static int StatusOf(DynamoDbException error) => error switch
    {
        InternalServerErrorException => 500,
        ServiceUnavailableException => 503,
        RequestTooLargeException => 413,
        _ => 400,
    };

    private static ErrorResponse Lower(string prefix, DynamoDbException error, string message) =>
        new(prefix + error.ErrorCode, message, null);

    private static ErrorResponse Upper(string prefix, DynamoDbException error, string message) =>
        new(prefix + error.ErrorCode, null, message);
}
